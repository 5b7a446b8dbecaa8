/** How long a test waits for what has to come, in milliseconds. A slow machine needs it, and what passes takes no longer for it. */
export const limit = 60_000;
