/** Tests run from the TypeScript sources (swc strips types); worker threads run from dist/, which pretest builds. */
const { availableParallelism } = require('node:os');

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } }, module: { type: 'commonjs' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  setupFilesAfterEnv: ['<rootDir>/test/once-more.ts'],
  testTimeout: 30000,
  // Most tests wait for something more than they compute: of two processors one is not left to jest alone.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
