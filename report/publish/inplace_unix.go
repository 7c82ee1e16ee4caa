//go:build unix

package publish

import "syscall"

// inPlace opens what stands at a name itself: a link is not followed, a pipe
// not waited for.
const inPlace = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
