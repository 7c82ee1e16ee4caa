package portfolio

import (
	"fmt"
	"strconv"
	"strings"
)

// Shard is every n-th estate by name, counted from 0, as engines that run an
// indexed job count. The zero value is all of them.
type Shard struct {
	Index int // from 0
	Of    int // how many there are; 0 for no sharding
}

// mostShards is more than any engine starts.
const mostShards = 100_000

// ParseShard reads "0/4" to "3/4".
func ParseShard(text string) (Shard, error) {
	index, of, _ := strings.Cut(text, "/")
	i, err := strconv.ParseUint(index, 10, 31)
	n, errOf := strconv.ParseUint(of, 10, 31)
	switch {
	case err != nil || errOf != nil || n == 0 || n > mostShards:
		return Shard{}, fmt.Errorf("found %q, expected a part of how many, counted from 0, such as 0/4 to 3/4", text)
	case i >= n:
		return Shard{}, fmt.Errorf("found %q, expected 0/%d to %d/%d: parts are counted from 0", text, n, n-1, n)
	}
	return Shard{Index: int(i), Of: int(n)}, nil
}

// Takes reports whether the estate at a place, from 0, of all by name is in the
// shard.
func (s Shard) Takes(place int) bool { return s.Of == 0 || place%s.Of == s.Index }

// String returns what ParseShard reads.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// MarshalText writes what ParseShard reads.
func (s Shard) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Shard) UnmarshalText(b []byte) (err error) {
	*s, err = ParseShard(string(b))
	return err
}
