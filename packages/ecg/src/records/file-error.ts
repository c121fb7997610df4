/** What the file system says when it refuses. */

/** System code of a failed file operation, such as `ENOENT`; the error's own text where it has none. */
export function fileErrorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
