/**
 * `npm run footprints -w packages/exporter`: compiles the kernels, and model.c of networks and their beginnings, with every compiler
 * for Arm and writes src/backends/c/footprint/toolchain-footprints.ts. Run it after a kernel, a flag or a compiler has changed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARM_TARGETS, OPTIMIZATIONS, TOOLCHAINS } from '../../dist/index.js';
import { compilerVersion } from './compile.mjs';
import { measureKernels } from './kernels.mjs';
import { measureModels } from './models.mjs';
import { sampleGraphs } from './sample-graphs.mjs';

const OUTPUT = new URL('../../src/backends/c/footprint/toolchain-footprints.ts', import.meta.url);

const graphs = await sampleGraphs();
const folder = mkdtempSync(join(tmpdir(), 'edgebeat-footprints-'));
const rows = ARM_TARGETS.flatMap((target) =>
  TOOLCHAINS[target].flatMap((toolchain) =>
    OPTIMIZATIONS.map((optimization) => {
      const version = compilerVersion(toolchain.compiler);
      const kernels = measureKernels(toolchain, optimization, folder);
      const models = measureModels(toolchain, optimization, folder, graphs);
      process.stderr.write(`${target} ${toolchain.name} ${optimization}: code of model.c within ${models.error}\n`);
      return { target, compiler: toolchain.name, optimization, version, ...models.footprint, kernels };
    }),
  ),
);
rmSync(folder, { recursive: true });
writeFileSync(
  OUTPUT,
  `/** Measured by \`npm run footprints -w packages/exporter\`. Of kernels: bytes of code, bytes of stack. */
import type { ToolchainFootprint } from './toolchain-footprint.js';

export const TOOLCHAIN_FOOTPRINTS: readonly ToolchainFootprint[] = ${JSON.stringify(rows, null, 1)};
`,
);
