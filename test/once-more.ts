/**
 * Tests with processes, phones and browsers of their own share a machine with whatever else runs on it, and a stall of a
 * second can break a call for real. They get one second try, and the first failure is printed all the same: what fails
 * twice is a defect, what fails once is worth a look. Tests within one process get none.
 */
const withRealPeers = /[\\/]test[\\/](service|sip|phones|browser)[\\/]/;

if (withRealPeers.test(expect.getState().testPath ?? '')) jest.retryTimes(1, { logErrorsBeforeRetry: true });
