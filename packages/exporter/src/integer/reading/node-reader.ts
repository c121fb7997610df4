/** What reads one node of a QDQ graph. */
import type { Node } from '@edgebeat/graph';
import type { ReadingContext } from './reading-context.js';

/** Adds the operations of a node, and the tensors of its outputs. */
export type NodeReader = (context: ReadingContext, node: Node) => void;
