/** Operators that files have and the supported subset has not: importing puts others in their place, or constants. */

export const IMPORT_ONLY_OPERATORS: ReadonlySet<string> = new Set([
  'Constant',
  'ConstantOfShape',
  'Dropout',
  'Range',
  'Shape',
  'Size',
]);

/** What to do about one that is left. */
export const importOnlyHint =
  'importModel resolves it where shapes are static but for the batch, which is a dimension of its own; export the model for inference, with a fixed batch';
