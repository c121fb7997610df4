/** How large a model is in a linked program, by the program's symbols. */
import { runProgram } from './run-program.js';

export interface LinkedFigures {
  /** Of the model's memory. */
  readonly arenaBytes: number;
  /** Of the arrays of weights.c. */
  readonly weightBytes: number;
  /** Of functions and constants of model.c and of the kernels. */
  readonly codeBytes: number;
}

interface Symbol {
  readonly name: string;
  readonly bytes: number;
}

/**
 * @param folder that holds the program and the objects of the model, weights.o among them
 * @throws BenchError where arm-none-eabi-nm is missing
 */
export async function linkedFigures(
  folder: string,
  program: string,
  objects: readonly string[],
): Promise<LinkedFigures> {
  const symbols = await symbolsOf(folder, [program]);
  const weights = namesOf(await symbolsOf(folder, ['weights.o']));
  const others = namesOf(
    await symbolsOf(
      folder,
      objects.filter((object) => object !== 'weights.o'),
    ),
  );
  const bytesOf = (isMeant: (name: string) => boolean) =>
    symbols.reduce((sum, { name, bytes }) => sum + (isMeant(name) ? bytes : 0), 0);
  return {
    arenaBytes: bytesOf((name) => name === 'memory'),
    weightBytes: bytesOf((name) => weights.has(name)),
    codeBytes: bytesOf((name) => others.has(name)),
  };
}

/** Those that have a size: lines `address size type name`. */
async function symbolsOf(folder: string, files: readonly string[]): Promise<Symbol[]> {
  const { stdout } = await runProgram('arm-none-eabi-nm', ['-S', '-t', 'd', ...files], { cwd: folder });
  return Array.from(stdout.matchAll(/^\d+ (\d+) \w (\S+)$/gm), ([, bytes, name]) => ({
    name: name!,
    bytes: Number(bytes),
  }));
}

function namesOf(symbols: readonly Symbol[]): ReadonlySet<string> {
  return new Set(symbols.map(({ name }) => name));
}
