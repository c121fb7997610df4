/** Metadata that go with a model onto a device. */

/** What nobody asks of a file there: the list of its training records is longer than a small network. */
const LEFT_OUT = ['edgebeat.training', 'edgebeat.metrics'];

export function onDevice(metadata: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...metadata].filter(([key]) => !LEFT_OUT.includes(key)));
}
