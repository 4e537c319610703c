/** What we use of d3-scale, which comes without types. */
declare module 'd3-scale' {
  export interface LinearScale {
    (value: number): number;
    domain(): [number, number];
    domain(values: readonly number[]): this;
    range(values: readonly number[]): this;
    nice(count?: number): this;
    ticks(count?: number): number[];
  }
  export function scaleLinear(): LinearScale;
}
