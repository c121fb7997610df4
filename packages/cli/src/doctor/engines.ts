/** Does onnxruntime load and compute here? Its native library asks for more than being installed (glibc, processor). */
import type { Check } from './check.js';

/** y = x + x over float32[4]: opset 13, IR version 8. */
const doublingModel = Buffer.from(
  'CAg6OgoOCgF4CgF4EgF5IgNBZGQSBmRvY3RvcloPCgF4EgoKCAgBEgQKAggEYg8KAXkSCgoICAESBAoCCARCAhAN',
  'base64',
);

/** The part of onnxruntime's interface that both packages share. */
interface Onnxruntime {
  InferenceSession: {
    create(
      model: Uint8Array,
      options: { executionProviders: string[] },
    ): Promise<{
      run(feeds: object): Promise<Record<string, { data: unknown }>>;
      release(): Promise<void>;
    }>;
  };
  Tensor: new (type: 'float32', data: Float32Array, dims: number[]) => unknown;
  env: { versions: { node?: string; web?: string } };
}

export function checkOnnxruntimeNode(): Promise<Check> {
  return checkEngine({
    name: 'onnxruntime-node',
    required: true,
    purpose: 'inference in the demo, the gateway and evaluations',
    provider: 'cpu',
    load: async () => (await import('onnxruntime-node')) as unknown as Onnxruntime,
    version: (runtime) => runtime.env.versions.node,
  });
}

export function checkOnnxruntimeWeb(): Promise<Check> {
  return checkEngine({
    name: 'onnxruntime-web',
    required: false,
    purpose: 'inference as WebAssembly, in browsers and with --backend ort-web',
    provider: 'wasm',
    load: async () => (await import('onnxruntime-web')) as unknown as Onnxruntime,
    version: (runtime) => runtime.env.versions.web,
  });
}

interface Engine {
  name: string;
  required: boolean;
  purpose: string;
  provider: string;
  load: () => Promise<Onnxruntime>;
  version: (runtime: Onnxruntime) => string | undefined;
}

/** Runs a graph of one node, and looks at the answer. */
export async function checkEngine({ name, required, purpose, provider, load, version }: Engine): Promise<Check> {
  const check = { name, group: 'run', required, purpose } as const;
  let runtime: Onnxruntime;
  try {
    runtime = await load();
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    return isAbsent
      ? { ...check, status: 'missing', detail: '', remedy: `npm install ${name}` }
      : {
          ...check,
          status: 'broken',
          detail: firstLine(error),
          remedy: `npm rebuild ${name}; it needs glibc on Linux`,
        };
  }
  try {
    const session = await runtime.InferenceSession.create(doublingModel, { executionProviders: [provider] });
    const x = new runtime.Tensor('float32', Float32Array.of(1, 2, 3, 4), [4]);
    const { y } = await session.run({ x });
    await session.release();
    const answer = Array.from(y?.data as Float32Array).join(' ');
    if (answer !== '2 4 6 8') throw new Error(`1 2 3 4 doubled is ${answer}`);
    return { ...check, status: 'ok', detail: `${version(runtime) ?? ''} ran a graph`.trim() };
  } catch (error) {
    return { ...check, status: 'broken', detail: firstLine(error), remedy: `npm install ${name}, and try again` };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
