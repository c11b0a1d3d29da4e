#ifndef WABE_SANDBOX_H
#define WABE_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

/// Limits this process for good: so much address space and processor time, no core file.
bool wabe_limit_resources(uint64_t address_space, uint64_t processor_seconds);

/// Leaves this process nothing but reading and writing what is already open, memory and exit: no files, no network, no
/// new processes. False where the system cannot do that.
bool wabe_enter_sandbox(void);

/// Sends what fits to a socket at once, without waiting and without dying when the other side is gone.
long wabe_send(int socket, const void *bytes, unsigned long count);

#endif
