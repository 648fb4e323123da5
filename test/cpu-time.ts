/** How long this process has computed, in milliseconds: what a test may take, however busy the machine is. */
export const cpuMs = (): number => process.cpuUsage().user / 1000;
