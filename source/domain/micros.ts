/** Microseconds since 1970 on the server's clock; exact in a double until the year 2255. */
export type Micros = number;
