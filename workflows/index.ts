export { issueLifecycle } from './issue-lifecycle';
export { digestDelivery } from './digest-delivery';
export { starter } from './starter';
export { roundSupervision } from './round-supervision';
export { baseSupervision } from './base-supervision';
export { rollout } from './rollout';
export { reconcile } from './reconcile';
export { anchoring } from './anchoring';
