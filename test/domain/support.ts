// The words of the rule tests; life.ts says how a story reads.
export * from './expectations';
export * from './life';
export * from './people';
export * from './stories';
