/** What the path of a recording tells: its name, and in published layouts who was recorded. Strings only, no files. */

/** File name without folders and extension. */
export function recordNameOf(path: string): string {
  return fileNameOf(path).replace(/\.[^.]+$/, '');
}

export function fileNameOf(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** Name of the folder that holds the file, or '' where the path has none. */
export function folderNameOf(path: string): string {
  return path.split(/[/\\]/).at(-2) ?? '';
}

/** The person of a WFDB record where its folder names one: `Person_01` (ECG-ID), `patient001` (PTB). */
export function personOfFolder(path: string): string | undefined {
  return /^(?:person|patient|subject)[ _-]?(\d+)$/i.exec(folderNameOf(path))?.[1];
}
