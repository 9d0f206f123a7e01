export { issueLifecycle } from './issue-lifecycle';
export { digestDelivery } from './digest-delivery';
export { starter } from './starter';
