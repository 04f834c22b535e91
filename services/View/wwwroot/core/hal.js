// The API by its links. The only address that is known is where it begins.
const PATIENCE = 40_000
let entry

export const entryDocument = () => entry ??= send({ href: '/' }).then(answer => answer.body).catch(problem => {
  entry = undefined
  throw problem
})

/** What the API said instead of doing it: application/problem+json, or that it could not be reached. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail ?? body?.title ?? `${status}`)
    this.status = status
    this.kind = (body?.type ?? '').replace('urn:resort:', '')
    this.errors = body?.errors ?? {}
    this.body = body ?? {}
    this.retryAfter = retryAfter
  }
}

export const offers = (resource, rel) => rel in (resource._links ?? {})

/** Goes where a link of the resource leads. */
export async function follow(resource, rel, values = {}, options = {}) {
  const link = resource._links?.[rel]
  if (!link) throw new Problem(0, { detail: `There is no link ${rel}.` })
  return (await send({ ...link, href: expand(link.href, values) }, options)).body
}

/** The items of a collection's page. */
export const items = (page, name) => page._embedded?.[name] ?? []

export const address = (resource, rel) => resource._links[rel].href

/** RFC 6570, as far as HAL needs it: {name} and {?names}. What has no value is left out. */
export function expand(template, values) {
  return template.replace(/\{(\??)([^}]+)\}/g, (_, query, names) => {
    const given = names.split(',').filter(name => values[name] !== undefined && values[name] !== '')
    if (!query) return given.map(name => encodeURIComponent(values[name])).join(',')
    return given.length ? `?${given.map(name => `${name}=${encodeURIComponent(values[name])}`).join('&')}` : ''
  })
}

async function send({ href, method = 'GET' }, { body, headers = {}, signal } = {}) {
  const limit = AbortSignal.timeout(PATIENCE)
  let response
  try {
    response = await fetch(href, {
      method,
      headers: { accept: 'application/hal+json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body: body && JSON.stringify(body),
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    })
  } catch (failure) {
    if (signal?.aborted) throw failure
    throw new Problem(0, { type: 'network' })
  }
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : null
  if (!response.ok) throw new Problem(response.status, json, Number(response.headers.get('retry-after')) || undefined)
  return { status: response.status, body: json }
}
