//go:build e2e

package main

import "testing"

// METHOD 23.1 to 23.8.
func TestEndToEndTwoYearsReplayed(t *testing.T) { replayWeeks(t, 1) }
