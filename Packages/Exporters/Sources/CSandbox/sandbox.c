#include "sandbox.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>

bool wabe_limit_resources(uint64_t address_space, uint64_t processor_seconds) {
  struct rlimit memory = {address_space, address_space};
  struct rlimit time = {processor_seconds, processor_seconds};
  struct rlimit core = {0, 0};
  return setrlimit(RLIMIT_AS, &memory) == 0 && setrlimit(RLIMIT_CPU, &time) == 0 && setrlimit(RLIMIT_CORE, &core) == 0;
}

long wabe_send(int socket, const void *bytes, unsigned long count) {
#if defined(MSG_NOSIGNAL)
  return send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
#else
  return send(socket, bytes, count, MSG_DONTWAIT);
#endif
}

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define ALLOW(name) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

// Everything else answers "not permitted"; a call of another architecture's table ends the process.
bool wabe_enter_sandbox(void) {
  struct sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      ALLOW(read),
      ALLOW(write),
      ALLOW(brk),
      ALLOW(mmap),
      ALLOW(munmap),
      ALLOW(mremap),
      ALLOW(madvise),
      ALLOW(mprotect),
      ALLOW(futex),
      ALLOW(getrandom),
      ALLOW(clock_gettime),
      ALLOW(sched_yield),
      ALLOW(rt_sigprocmask),
      ALLOW(rt_sigreturn),
      ALLOW(gettid),
      ALLOW(getpid),
      ALLOW(tgkill),
      ALLOW(exit),
      ALLOW(exit_group),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
bool wabe_enter_sandbox(void) { return false; }
#endif
