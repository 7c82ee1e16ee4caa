//go:build e2e

package main

import "testing"

// METHOD 9.7 and 23.1 to 23.8.
func TestEndToEndTwoYearsReplayed(t *testing.T) {
	var weeks []int
	for week := range 104 {
		weeks = append(weeks, week)
	}
	replayWeeks(t, weeks)
}
