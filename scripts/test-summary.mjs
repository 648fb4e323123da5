// Reads jest's JSON result and ends with one plain line: "N passed, N failed, N skipped". A suite that could not run
// counts as failed, and a run in which no test was executed is a failure.
import { readFileSync } from 'node:fs';

const result = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const passed = result.numPassedTests;
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
const skipped = result.numPendingTests + result.numTodoTests;

const names = result.testResults
  .flatMap((suite) => suite.assertionResults)
  .filter((test) => test.status === 'pending')
  .map((test) => test.ancestorTitles[0] ?? test.title);
for (const name of new Set(names)) console.log(`skipped: ${name}`);
if (passed + failed === 0) console.log('no test was executed');

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(result.success && failed === 0 && passed > 0 ? 0 : 1);
