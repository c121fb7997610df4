/** The names that the generated code gives to what callers see. */
import type { Buffer } from '../program/buffer.js';
import type { Program } from '../program/program.js';
import { identifier, UniqueNames } from './literals.js';

export interface ModelNames {
  /** Of functions and types: `eb_model`. */
  readonly prefix: string;
  /** Of macros: `EB_MODEL`. */
  readonly macro: string;
  /** Parameter of each input and output, by the name of its buffer. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Part of macros: `INPUT`, `OUTPUT_LOGITS`. */
  readonly macroOf: (buffer: Buffer) => string;
}

/** Words that a parameter must not be called. */
const RESERVED = new Set(
  `auto break case char const continue default do double else enum extern float for goto if inline int long register restrict
   return short signed sizeof static struct switch typedef union unsigned void volatile while arena memory`.split(
    /\s+/,
  ),
);

export function modelNames({ inputs, outputs }: Program, prefix: string): ModelNames {
  const unique = new UniqueNames();
  for (const word of RESERVED) unique.take(word);
  const parameters = new Map<string, string>();
  const macros = new Map<string, string>();
  for (const { buffer } of inputs) {
    const name = unique.take(identifier(buffer.name));
    parameters.set(buffer.name, name);
    macros.set(buffer.name, inputs.length === 1 ? 'INPUT' : `INPUT_${name.toUpperCase()}`);
  }
  for (const { name: output, buffer } of outputs) {
    const name = unique.take(identifier(output));
    parameters.set(buffer.name, name);
    macros.set(buffer.name, `OUTPUT_${name.toUpperCase()}`);
  }
  return { prefix, macro: prefix.toUpperCase(), parameters, macroOf: (buffer) => macros.get(buffer.name)! };
}

/** The parameters of the function that runs the model, behind the memory. */
export function runParameters({ inputs, outputs }: Program, { parameters }: ModelNames): string[] {
  return [
    ...inputs.map(({ buffer }) => `const int8_t *${parameters.get(buffer.name)}`),
    ...outputs.map(({ buffer }) => `${buffer.type === 'int8' ? 'int8_t' : 'float'} *${parameters.get(buffer.name)}`),
  ];
}
