export { draftSchema, type DraftIssue, type DraftLedger, type DraftSource } from './draft';
export { readDocument } from './read-document';
export { readText } from './read-text';
