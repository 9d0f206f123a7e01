import type { Letter } from '../domain/paper/letter';
import { letterDocx } from './letter-docx';

/** The document of a signed letter, headed by the office that its letter names. Throws badInput `letter.unsigned` for a draft. */
export const composeLetter = (letter: Letter): Promise<Uint8Array> => letterDocx(letter, { office: { name: letter.office }, draft: false });

/** The same of a draft, marked as such on every page. */
export const composeDraft = (letter: Letter): Promise<Uint8Array> => letterDocx(letter, { office: { name: letter.office }, draft: true });
