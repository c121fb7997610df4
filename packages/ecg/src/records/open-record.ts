/** Opens recordings of any supported format from the file system. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseCsv } from './csv-record.js';
import { detectFormat } from './detect-format.js';
import { parseEdf } from './edf-record.js';
import { fileErrorCode } from './file-error.js';
import { parseHeartprint } from './heartprint.js';
import { parseKalouskova, parseKalouskovaLabels } from './kalouskova.js';
import type { Annotation, ArtefactLevel, EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import { personOfFolder } from './record-path.js';
import { parseWfdbAnnotations } from './wfdb-annotations.js';
import { parseWfdbHeader, type WfdbHeader } from './wfdb-header.js';
import { parseWfdbRecord } from './wfdb-record.js';

export interface OpenOptions {
  /** WFDB: fail when a checksum disagrees with the samples. */
  readonly verifyChecksum?: boolean;
  /** CSV: samples per second; overrides the time column. */
  readonly rate?: number;
  /** CSV: units of columns whose names state none. */
  readonly units?: string;
}

/**
 * Opens a recording: WFDB (the header, the signal file or the name without extension), EDF, CSV, or a file of the
 * Heartprint or Kalouskova data set. The format is told from name and content.
 * @throws RecordError when there is no such file, or it is malformed, cut short or of another format
 */
export async function openRecord(path: string, options: OpenOptions = {}): Promise<EcgRecord> {
  const headerPath = await wfdbHeaderOf(path);
  if (headerPath !== undefined) return openWfdb(headerPath, options);
  const bytes = await readBytes(path, 'recording');
  switch (detectFormat(path, bytes)) {
    case 'edf':
      return parseEdf(bytes, path);
    case 'csv':
      return parseCsv(bytes, { ...options, file: path });
    case 'heartprint':
      return parseHeartprint(bytes, path);
    case 'kalouskova':
      return parseKalouskova(bytes, path, await readArtefactLevels(path));
    default: {
      const hint = 'Give a WFDB header (.hea), an EDF file (.edf) or a CSV file with a header line (.csv).';
      throw new RecordError(path, 'format', 'is none that is known', hint);
    }
  }
}

/**
 * Annotations of a recording: from the annotation file beside it (`RECORD.atr`), or for EDF+ and Heartprint from the
 * recording itself. Samples count at the rate of the first channel.
 * @throws RecordError when there are none
 */
export async function readAnnotations(path: string, annotator = 'atr'): Promise<Annotation[]> {
  const headerPath = await wfdbHeaderOf(path);
  const annotationPath = `${(headerPath ?? path).replace(/\.[^./\\]+$/, '')}.${annotator}`;
  if (headerPath !== undefined) {
    const { frameRate, signals } = await readHeader(headerPath);
    const bytes = await readBytes(annotationPath, 'annotation file');
    const annotations = parseWfdbAnnotations(bytes, { file: annotationPath, rate: frameRate });
    // The file counts frames.
    const perFrame = signals[0]?.samplesPerFrame ?? 1;
    if (perFrame === 1) return annotations;
    return annotations.map((annotation) => ({ ...annotation, sample: annotation.sample * perFrame }));
  }
  const record = await openRecord(path);
  if (await isFile(annotationPath)) {
    const bytes = await readBytes(annotationPath, 'annotation file');
    return parseWfdbAnnotations(bytes, { file: annotationPath, rate: record.channels[0]!.rate });
  }
  if (record.annotations) return [...record.annotations];
  const hint = `Put an annotation file ${basename(annotationPath)} beside it.`;
  throw new RecordError(path, 'annotations', 'the recording has none', hint);
}

/** Path of the WFDB header that `path` stands for, or undefined where it is another kind of file. */
async function wfdbHeaderOf(path: string): Promise<string | undefined> {
  if (path.endsWith('.hea')) return path;
  const candidates = [`${path}.hea`, ...(/\.(?:dat|atr)$/.test(path) ? [path.replace(/\.[^.]+$/, '.hea')] : [])];
  for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  return undefined;
}

async function readHeader(headerPath: string): Promise<WfdbHeader> {
  return parseWfdbHeader(new TextDecoder().decode(await readBytes(headerPath, 'header')), headerPath);
}

async function openWfdb(headerPath: string, { verifyChecksum = false }: OpenOptions): Promise<EcgRecord> {
  const header = await readHeader(headerPath);
  const folder = dirname(headerPath);
  const names = [...new Set(header.signals.map((signal) => signal.fileName))];
  const contents = await Promise.all(names.map((name) => readBytes(join(folder, name), 'signal file')));
  const files = new Map(names.map((name, i) => [name, contents[i]!]));
  const record = parseWfdbRecord(header, files, { verifyChecksum, file: headerPath });
  const person = personOfFolder(headerPath);
  return person === undefined ? record : { ...record, labels: { ...record.labels, person } };
}

/** Judgements in the folder `labels` beside a Kalouskova recording, where it came along. */
async function readArtefactLevels(path: string): Promise<ArtefactLevel[] | undefined> {
  const folder = join(dirname(path), 'labels');
  const record = basename(path, '.csv');
  const names = await readdir(folder).catch(() => []);
  const name = names.find((candidate) => candidate.startsWith(`${record}_`) && candidate.endsWith('.csv'));
  if (name === undefined) return undefined;
  const labelPath = join(folder, name);
  return parseKalouskovaLabels(await readBytes(labelPath, 'label file'), labelPath);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function readBytes(path: string, field: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') throw new RecordError(path, field, 'there is no such file', 'Check the path.');
    if (code === 'EISDIR') throw new RecordError(path, field, 'is a folder', 'Give one of the recordings in it.');
    throw new RecordError(path, field, `cannot be read (${code})`, 'Check that you may read it.');
  }
}
