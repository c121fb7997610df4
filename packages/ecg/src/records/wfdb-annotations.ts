/** The MIT annotation format of WFDB (`.atr` and its like), as annot(5) of the WFDB Applications Guide describes it. */
import { annotationSymbols, largestAnnotationCode } from './annotation-symbols.js';
import type { Annotation } from './record.js';
import { RecordError } from './record-error.js';

/** Codes in an annotation word that are no annotations but carry a field of one. */
export const annotationField = { skip: 59, number: 60, subtype: 61, channel: 62, aux: 63 } as const;

const noteCode = 22;
const truncatedHint = 'The file is cut short or not an annotation file: fetch it again.';

export interface AnnotationOptions {
  /** Path of the file, for messages. */
  readonly file?: string;
  /** Sampling rate of the record. Files that state a time resolution of their own are converted to it. */
  readonly rate?: number;
}

/**
 * Reads an annotation file. The notes by which some files state their time resolution or define symbols of their own
 * are obeyed, and left out of the result.
 * @throws RecordError for a file that is cut short or holds an undefined code
 */
export function parseWfdbAnnotations(bytes: Uint8Array, options: AnnotationOptions = {}): Annotation[] {
  const { file = 'annotations', rate } = options;
  const { annotations, resolution } = new AnnotationDecoder(bytes, file).decode();
  if (resolution === undefined || rate === undefined || resolution === rate) return annotations;
  return annotations.map((annotation) => ({
    ...annotation,
    sample: Math.round((annotation.sample * rate) / resolution),
  }));
}

type Draft = { -readonly [Key in keyof Annotation]: Annotation[Key] };

class AnnotationDecoder {
  private readonly bytes: Uint8Array;
  private readonly file: string;
  private readonly ownSymbols = new Map<number, string>();
  private readonly annotations: Draft[] = [];
  private at = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.file = file;
  }

  decode(): { annotations: Annotation[]; resolution?: number } {
    let sample = 0;
    let number = 0;
    let channel = 0;
    let current: Draft | undefined;
    let code = 0;
    let resolution: number | undefined;
    let inDefinitions = false;

    // A note at the start of the file may be an instruction to the reader; that is known only when its text was read.
    const finish = () => {
      if (!current) return;
      const text = code === noteCode && current.sample === 0 ? current.aux : '';
      if (text.startsWith('## time resolution: ')) {
        resolution = Number.parseFloat(text.slice(20));
        if (!(resolution > 0 && resolution < 1e9)) this.fail('time resolution', 'is not a positive number');
      } else if (text === '## annotation type definitions') inDefinitions = true;
      else if (text === '## end of definitions') inDefinitions = false;
      else if (inDefinitions && text) this.define(text);
      else this.annotations.push(current);
      current = undefined;
    };

    for (;;) {
      const word = this.word();
      const kind = word >> 10;
      const value = word & 0x3ff;
      if (word === 0) break;
      if (kind <= largestAnnotationCode || kind === annotationField.skip) finish();
      if (kind === annotationField.skip) sample += this.longInterval();
      else if (
        kind === annotationField.number ||
        kind === annotationField.channel ||
        kind === annotationField.subtype
      ) {
        if (!current) this.fail('annotation', `a field (code ${kind}) stands before the first annotation`);
        // In the library that defines the format num and subtyp are signed bytes, chan is an unsigned one.
        const signed = (value << 24) >> 24;
        if (kind === annotationField.number) current.number = number = signed;
        else if (kind === annotationField.subtype) current.subtype = signed;
        else current.channel = channel = value & 0xff;
      } else if (kind === annotationField.aux) {
        if (!current) this.fail('annotation', 'auxiliary text stands before the first annotation');
        current.aux = this.text(value);
      } else if (kind > largestAnnotationCode) {
        this.fail('annotation code', `${kind} is not defined`);
      } else {
        sample += value;
        code = kind;
        if (sample < 0) this.fail('annotation time', `an annotation stands at sample ${sample}`);
        const symbol = this.ownSymbols.get(kind) ?? annotationSymbols.ofCode(kind);
        current = { sample, symbol, subtype: 0, channel, number, aux: '' };
      }
    }
    finish();
    return { annotations: this.annotations, ...(resolution !== undefined && { resolution }) };
  }

  /** `42 Z description`: a code that this file gives a symbol. */
  private define(text: string): void {
    const [, code, symbol] = /^(\d{1,2})\s+(\S+)/.exec(text) ?? [];
    if (code !== undefined && symbol !== undefined) this.ownSymbols.set(Number(code), symbol);
  }

  private word(): number {
    if (this.at + 2 > this.bytes.length)
      this.fail('annotation', `the file ends at byte ${this.at} without an end mark`);
    const word = this.bytes[this.at]! | (this.bytes[this.at + 1]! << 8);
    this.at += 2;
    return word;
  }

  /** 32 bits in PDP-11 order: the high half first, each half low byte first. */
  private longInterval(): number {
    const high = this.word();
    return (high << 16) | this.word();
  }

  private text(length: number): string {
    const end = this.at + length;
    if (end > this.bytes.length) this.fail('auxiliary text', `the file ends within it, at byte ${this.bytes.length}`);
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, end));
    this.at = end + (length & 1); // padded to a whole word
    return text.replace(/\0+$/, '');
  }

  private fail(field: string, problem: string): never {
    throw new RecordError(this.file, field, problem, truncatedHint);
  }
}
