/** What `edgebeat export` tells of each artefact. */
import type { Agreement } from '@edgebeat/exporter';
import type { Figure } from '@edgebeat/trainer';

export interface ArtefactReport {
  readonly kind: string;
  /** Path of the file that is loaded. */
  readonly file: string;
  /** Of all its files. */
  readonly bytes: number;
  /** The same as a share of the float32 model, 1 being as large. */
  readonly ofFloat32: number;
  /** Share of windows on which it decides as the float model, a fraction of 1; the mean cosine where nothing is decided. */
  readonly agreement: number;
  readonly outputs: Agreement['outputs'];
  /** Windows that the agreement rests on. */
  readonly windows: number;
  /**
   * Of the float model: the protocol's figure; without a protocol the accuracy on the windows above, where they show what classes stand
   * for; null otherwise.
   */
  readonly metricFloat: number | null;
  /** The protocol's figure of the int8 graph, or the accuracy of the artefact itself; null for float32 artefacts, too. */
  readonly metricInt8: number | null;
  /** How it is run. */
  readonly command: string;
}

/** The float model and its int8 graph by one protocol. */
export interface ProtocolFigures {
  readonly protocol: string;
  /** The figure that stands for the others: `eerAcross`, `activity`, … */
  readonly metric: string;
  readonly float: Readonly<Record<string, Figure>>;
  /** Null where no artefact is int8. */
  readonly int8: Readonly<Record<string, Figure>> | null;
}
