/** Optional peers: loaded when asked for, with a clear word where they are not installed. */
import { RuntimeError } from './runtime-error.js';

/**
 * Loads an optional peer package.
 *
 * @param name the package, and the version this package is made for
 * @param load imports it; a literal `import()` stands at the call, so that bundlers see it
 * @throws RuntimeError where it cannot be loaded
 */
export async function loadPeer<T>(name: string, version: string, load: () => Promise<unknown>): Promise<T> {
  try {
    const module = (await load()) as { default?: unknown };
    // A CommonJS package has its exports in `default` for sure, and beside it only as far as node can guess them.
    return (module.default ?? module) as T;
  } catch (cause) {
    throw new RuntimeError(
      `the package ${name} cannot be loaded: ${(cause as Error).message.split('\n')[0]}`,
      `Install it: npm install ${name}@${version}`,
      { cause },
    );
  }
}
