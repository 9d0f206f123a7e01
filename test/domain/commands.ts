import type { CommandType, IssueCommand } from '../../domain/issue/commands';
import { approve, approvePlan, assign, extension, measure, plan, recordCheckBack, text } from './support';

/** A well-formed command of every type. */
export const sampleCommands: Readonly<Record<CommandType, IssueCommand>> = {
  assign,
  acknowledge: { type: 'acknowledge' },
  proposePlan: plan(measure('2027-09-30')),
  approvePlan,
  returnPlan: { type: 'returnPlan', opinion: text('opinion') },
  reviewPlan: { type: 'reviewPlan', verdict: 'approved' },
  reportProgress: { type: 'reportProgress', progress: text('progress') },
  completeMeasure: { type: 'completeMeasure', measureId: 'm1', evidence: text('evidence') },
  requestExtension: extension('2027-10-15'),
  decideExtension: { type: 'decideExtension', granted: true },
  requestCloseout: { type: 'requestCloseout' },
  planCheckBack: { type: 'planCheckBack', checkers: ['office', 'clerk'] },
  recordCheckBack: recordCheckBack('passed'),
  review: approve,
  drawCheckBack: { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'] },
  acceptReported: { type: 'acceptReported' },
  signPaper: { type: 'signPaper', paperId: 'reminderLetter-1' },
  replyToPaper: { type: 'replyToPaper', paperId: 'reminderLetter-1', reply: text('reply') },
  comment: { type: 'comment', note: text('note') },
};
