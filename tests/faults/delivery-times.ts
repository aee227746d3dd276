/** The sender's times, shortened: what takes hours at a real platform takes seconds here. @unit ms */
export const TIMEOUT_MS = 300;
export const LEASE_MS = 1_500;
