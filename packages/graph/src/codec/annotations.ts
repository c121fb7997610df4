/** Documentation strings and unknown protobuf fields: carried along, never interpreted. */
import type { Message } from '@bufbuild/protobuf';
import type { Annotated } from '../model.js';

/** What a decoded message carries besides its meaning. */
export function annotationsOf(message: Message & { docString?: string }): Annotated {
  return {
    ...(message.docString ? { doc: message.docString } : {}),
    ...(message.$unknown?.length ? { unknown: message.$unknown } : {}),
  };
}

/** Puts the annotations of `source` into the message that encodes it, and gives the message back. */
export function annotate<M extends Message & { docString: string }>(message: M, source: Annotated): M {
  if (source.doc !== undefined) message.docString = source.doc;
  if (source.unknown) message.$unknown = [...source.unknown];
  return message;
}
