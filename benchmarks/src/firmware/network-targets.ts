/** Where networks in C can run on this computer: natively, as WebAssembly, and on emulated boards, by each of their compilers. */
import { type CCompiler, type IntegerGraph, TOOLCHAINS } from '@edgebeat/exporter';
import type { Model } from '@edgebeat/graph';
import { armCompiler, type Board, boards, emulator } from './boards.js';
import { NetworkProgram, type NetworkRun } from './network-program.js';
import { WasmNetwork, wasmCompiler } from './wasm-network.js';

/** A network that was compiled for a target. */
export interface CompiledNetwork {
  run(windows: readonly Int8Array[]): Promise<NetworkRun>;
  /** Deletes what it has on the disk. */
  remove(): void;
}

export interface NetworkTarget {
  /** `native`, `wasm`, the name of a board, or `mps3-an547/clang`. */
  readonly name: string;
  /** Programs that it needs. */
  readonly needs: readonly string[];
  readonly board?: Board;
  readonly compiler?: CCompiler;
  /** @param graph as which the int8 model is read */
  readonly compile: (graph: IntegerGraph, int8: Model) => Promise<CompiledNetwork>;
}

export const networkTargets: readonly NetworkTarget[] = [
  { name: 'native', needs: ['gcc'], compile: (graph) => NetworkProgram.compile(graph) },
  { name: 'wasm', needs: [wasmCompiler], compile: WasmNetwork.compile },
  ...boards.flatMap((board) =>
    TOOLCHAINS[board.target].map(({ name, compiler }) => boardTarget(board, name, compiler)),
  ),
];

function boardTarget(board: Board, compiler: CCompiler, program: string): NetworkTarget {
  const isUsual = compiler === TOOLCHAINS[board.target][0].name;
  return {
    name: isUsual ? board.name : `${board.name}/${compiler}`,
    needs: [...new Set([armCompiler, program, emulator])],
    board,
    compiler,
    compile: (graph) => NetworkProgram.compile(graph, { board, compiler }),
  };
}
