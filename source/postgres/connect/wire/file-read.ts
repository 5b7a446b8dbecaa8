/** What was read, or a sentence that says what could not be. */
export type FileRead<Value> = Value | {readonly sentence: string; readonly isLocked?: boolean};
