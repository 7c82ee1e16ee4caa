package records

import "testing"

func TestSubjects(t *testing.T) {
	for text, want := range map[string]string{
		"acme-eng/jira": "acme-eng/jira", " ACME-ENG / Jira ": "acme-eng/jira", "https://ACME.atlassian.net/Jira Software": "acme/jira", "acme.atlassian.net/confluence": "acme/confluence",
		"acme/jira/*": "acme/jira/*", "acme/app/com.example.sheets": "acme/app/com.example.sheets", "*": "*", "*/jira": "*/jira", "com.example.sheets": "com.example.sheets",
		"Ann@Example.com": "ann@example.com", "a/b@example.com": "a/b@example.com", "712020:ABC": "712020:abc", "/jira": "/jira",
	} {
		if got := subject(text); got != want {
			t.Errorf("subject %q is read as %q, want %q", text, got, want)
		}
	}
}
