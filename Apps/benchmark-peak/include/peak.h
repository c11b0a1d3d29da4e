#ifndef WABE_PEAK_H
#define WABE_PEAK_H

// 10⁹ floating-point operations per second, as fast as `threads` threads can do them together: float multiply-adds on the
// widest vectors of the processor, with nothing to load or store. The best of many short runs.
double wabe_peak_gigaflops(int threads);

#endif
