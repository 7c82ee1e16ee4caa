package seats

import (
	"tierline/audit/beside"
	"tierline/audit/estate"
	"tierline/audit/glob"
)

// machines says of each account which of the patterns for machines covers its
// name or address, -1 for none. Every product asks for it, and rules do, so
// that it is found out once.
type machines []int32

// machinesOf looks through the accounts by patterns in lower case.
func machinesOf(accounts []estate.Account, patterns []string) machines {
	found, set := make(machines, len(accounts)), glob.NewSet(patterns)
	beside.Pieces(len(accounts), func(from, to int) {
		for i := range estate.Prefetched(accounts[from:to]) {
			found[from+i] = int32(machine(&accounts[from+i], set))
		}
	})
	return found
}

// machine returns the first pattern that covers the name or the address of an
// account, -1 for none.
func machine(a *estate.Account, patterns glob.Set) int {
	first := patterns.FirstLower(a.Name)
	if a.Email == "" {
		return first
	}
	if i := patterns.First(a.Email); i >= 0 && (first < 0 || i < first) {
		return i
	}
	return first
}
