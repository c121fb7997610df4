/** Streams that keep what is written to them, in place of those of the process. */
import { Writable } from 'node:stream';
import type { Streams } from '../src/output.js';

class Capture extends Writable {
  text = '';
  isTTY?: boolean;
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export function capturedStreams(isTTY = false): Streams & { stdout: Capture; stderr: Capture } {
  const streams = { stdout: new Capture(), stderr: new Capture() };
  streams.stdout.isTTY = isTTY;
  streams.stderr.isTTY = isTTY;
  return streams;
}
