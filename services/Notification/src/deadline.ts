/** The work's result, or an error when it is not there in time; the work itself may go on. */
export async function within<T>(milliseconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The cause of a failure in one line; the SDK packs the sidecar's answer into the message of its errors. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const answer = JSON.parse((JSON.parse(text) as { error_msg: string }).error_msg) as { message?: string };
    return answer.message ?? text;
  } catch {
    return text;
  }
}
