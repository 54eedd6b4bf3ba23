// The dialogues, in one file that loads when the first of them is opened.
export { FormDialog } from "./form-dialog";
export { LogDialog } from "./log-dialog";
export { RunDialog } from "./run-dialog";
