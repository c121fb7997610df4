/**
 * Why bytes are not a frame, or fields cannot become one:
 * - `too-short`: fewer bytes than header and checksum need
 * - `bad-magic`: the bytes do not begin with `EB`
 * - `bad-crc`: the checksum does not fit the bytes
 * - `unsupported-version`, `unsupported-encoding`: intact, but of a kind that this codec does not know
 * - `length-mismatch`: intact, but longer or shorter than its sample and channel counts say
 * - `bad-field`: a field has a value that the format excludes
 */
export type FrameErrorCode =
  | 'too-short'
  | 'bad-magic'
  | 'bad-crc'
  | 'unsupported-version'
  | 'unsupported-encoding'
  | 'length-mismatch'
  | 'bad-field';

/** Bytes that are no frame, or fields that cannot be encoded. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  /** Which rule was broken. */
  readonly code: FrameErrorCode;
  /** What the user can do about it. */
  readonly hint: string;

  constructor(code: FrameErrorCode, problem: string, hint: string) {
    super(`frame: ${problem}`);
    this.code = code;
    this.hint = hint;
  }
}
