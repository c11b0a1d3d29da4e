// From which size on sharing pays. An operation reads what the one before it has left in the caches of both cores, so it
// depends on how long a line of memory takes from core to core: about 40 ns between the cores of a Zen 3 that share a
// cache, and 200 between others. A step of training with a thousand points takes 115 µs on two threads there, and 155 on
// one; on an Emerald Rapids two threads were slower than one.
#define _GNU_SOURCE
#include "include/wabe_engine.h"
#include <stdatomic.h>
#include <time.h>

enum {
  NEARER = 4,           // times smaller may be what near cores share
  NEAR = 55,            // nanoseconds from core to core, at most
  ROUNDS = 6,           // of which the quickest counts, for the system may interrupt the others
  EXCHANGES = 16,       // in a round
  PATIENCE = 1 << 18,   // looks at the ball before a player leaves: less than a millisecond
  MOST_TRIES = 16,      // to find the cores near
  BETWEEN_TRIES = 5000000,  // nanoseconds
};

// Two threads throw a number to each other, which grows by one with each throw.
typedef struct {
  _Alignas(64) _Atomic int ball;
  _Alignas(64) _Atomic bool is_over;
  double quickest;  // nanoseconds
} game;

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1000000000 * (int64_t)now.tv_sec + now.tv_nsec;
}

static bool wait_for(game *game, int number) {
  for (int looks = 0; looks < PATIENCE; looks++)
    if (atomic_load_explicit(&game->ball, memory_order_acquire) == number) return true;
  return false;
}

static bool play_round(game *game, int first, bool serves) {
  for (int number = first; number < first + 2 * EXCHANGES; number += 2) {
    if (serves) atomic_store_explicit(&game->ball, number + 1, memory_order_release);
    if (!wait_for(game, serves ? number + 2 : number + 1)) return false;
    if (!serves) atomic_store_explicit(&game->ball, number + 2, memory_order_release);
  }
  return true;
}

static void play(void *context, size_t side) {
  game *game = context;
  bool serves = side == 0;
  for (int round = 0; round < ROUNDS && !atomic_load(&game->is_over); round++) {
    int64_t start = nanoseconds();
    if (!play_round(game, round * 2 * EXCHANGES, serves)) break;
    double time = (double)(nanoseconds() - start) / (2 * EXCHANGES);
    if (serves && (game->quickest == 0 || time < game->quickest)) game->quickest = time;
  }
  if (serves) atomic_store(&game->is_over, true);
}

// Whether any measurement so far found the cores near. The first ones may find the other thread asleep or its processor
// taken by somebody else, so some are made, with pauses.
static bool cores_are_near(void) {
  static _Atomic bool near;
  static _Atomic int tries;
  static _Atomic int64_t next;
  if (atomic_load_explicit(&near, memory_order_relaxed)) return true;
  if (atomic_load_explicit(&tries, memory_order_relaxed) >= MOST_TRIES) return false;
  int64_t now = nanoseconds();
  if (now < atomic_load_explicit(&next, memory_order_relaxed)) return false;
  game game = {0};
  if (!wabe_parallel_if_free(2, &game, play)) return false;
  atomic_fetch_add(&tries, 1);
  atomic_store(&next, now + BETWEEN_TRIES);
  if (game.quickest > 0 && game.quickest <= NEAR) atomic_store(&near, true);
  return atomic_load_explicit(&near, memory_order_relaxed);
}

bool wabe_worth_sharing(size_t work, size_t usual) {
  if (work >= usual) return true;
  return work >= usual / NEARER && wabe_threads() > 1 && cores_are_near();
}
