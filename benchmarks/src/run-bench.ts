/** How every benchmark begins and ends at the command line. */

/** Runs it; what the user can correct is told in one line with a hint, with exit status 2 for wrong use and 1 otherwise. */
export async function runBench(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('hint' in thrown)) throw thrown;
    process.stderr.write(`error: ${thrown.message}\n${thrown.hint ? `hint: ${thrown.hint}\n` : ''}`);
    process.exitCode = thrown.name === 'BenchError' ? 2 : 1;
  }
}
