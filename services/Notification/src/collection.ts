import type { Request } from 'express';

type Errors = Record<string, string[]>;

/** Which part of a collection is asked for, and in which order: `?page=&size=&sort=field,desc`, spelled as the C# services spell it. */
export class Collection<Item> {
  private readonly number: number;
  private readonly size: number;
  private readonly sortings: { field: string; factor: number }[];

  /** Reads the query; what is wrong goes to `errors`, by field. Items are sorted by texts. */
  constructor(private readonly request: Request, private readonly fields: Record<string, (item: Item) => string>, otherwise: string, errors: Errors) {
    this.number = whole(request.query.page, 'page', 0, 0, 1_000_000, errors);
    this.size = whole(request.query.size, 'size', 20, 1, 500, errors);
    const asked = [request.query.sort ?? []].flat().map(String);
    this.sortings = [...asked, otherwise].map(text => {
      const [field = '', direction = 'asc'] = text.split(/,(.*)/s);
      if (!Object.hasOwn(fields, field)) (errors.sort ??= []).push(`"${field.slice(0, 40)}" is no field to sort by, but ${Object.keys(fields).join(', ')} are.`);
      else if (!/^(asc|desc)$/.test(direction)) (errors.sort ??= []).push(`${field} is sorted by "${direction.slice(0, 40)}": give asc or desc.`);
      return { field, factor: direction === 'desc' ? -1 : 1 };
    });
  }

  /** The answer: a page of the items, and the links to the others. */
  answer(name: string, all: Item[], show: (item: Item) => object): object {
    const sorted = [...all].sort((a, b) => this.compare(a, b));
    const { number, size } = this;
    const totalPages = Math.ceil(all.length / size);
    const last = Math.max(totalPages - 1, 0);
    return {
      _embedded: { [name]: sorted.slice(number * size, (number + 1) * size).map(show) },
      page: { size, totalElements: all.length, totalPages, number },
      _links: {
        self: { href: this.request.originalUrl },
        first: this.to(0),
        ...(number > 0 && { prev: this.to(Math.min(number - 1, last)) }),
        ...(number < last && { next: this.to(number + 1) }),
        last: this.to(last),
      },
    };
  }

  private compare(a: Item, b: Item): number {
    for (const { field, factor } of this.sortings) {
      const [left, right] = [this.fields[field]!(a), this.fields[field]!(b)];
      if (left !== right) return left < right ? -factor : factor;
    }
    return 0;
  }

  private to(page: number): { href: string } {
    const { pathname, searchParams } = new URL(this.request.originalUrl, 'http://here');
    searchParams.delete('page');
    searchParams.append('page', String(page));
    return { href: `${pathname}?${searchParams}` };
  }
}

function whole(text: unknown, field: string, otherwise: number, least: number, most: number, errors: Errors): number {
  if (text === undefined) return otherwise;
  const number = typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  errors[field] = [`must be from ${least} to ${most}.`];
  return otherwise;
}
