package ingest

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tierline/audit/config"
	"tierline/audit/diag"
)

// TestLogos holds METHOD 16.6: a picture is taken as it is, and what is none is refused with its
// place in audit.yaml.
func TestLogos(t *testing.T) {
	picture := func(w, h int) image.Image {
		m := image.NewGray(image.Rect(0, 0, w, h))
		m.SetGray(w/2, h/2, color.Gray{Y: 200})
		return m
	}
	asPNG := func(w, h int) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, picture(w, h)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var asJPEG bytes.Buffer
	if err := jpeg.Encode(&asJPEG, picture(40, 20), nil); err != nil {
		t.Fatal(err)
	}
	good := asPNG(40, 20)
	for name, c := range map[string]struct {
		file    string
		raw     []byte
		refused string // a part of why; "" for a good one
	}{
		"png":              {"logo.png", good, ""},
		"jpeg":             {"sub/logo.jpg", asJPEG.Bytes(), ""},
		"missing":          {"none.png", nil, "there is no such file in the folder"},
		"outside":          {"../logo.png", good, "outside the folder"},
		"somewhere else":   {"/etc/hostname", nil, "outside the folder"},
		"a folder":         {".", nil, "it is a folder"},
		"no picture":       {"logo.png", []byte("<svg/>"), "expected a PNG or JPEG file"},
		"cut off":          {"logo.png", good[:len(good)-20], "damaged"},
		"as small as dust": {"logo.png", asPNG(40, 4), "a picture of 40 x 4 pixels"},
		"a line":           {"logo.png", asPNG(2000, 20), "20 times as long"},
		"large":            {"logo.png", asPNG(4001, 400), "sides from 16 to 4000"},
		"heavy":            {"logo.png", make([]byte, maxLogo+1), "larger than 256 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if c.raw != nil && filepath.IsLocal(c.file) {
				full := filepath.Join(dir, c.file)
				if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(full, c.raw, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cfg := config.Default()
			cfg.Branding.Logo = config.Logo{File: c.file, Source: diag.Source{File: "audit.yaml", Line: 3, Column: 9}}
			err := readLogo(context.Background(), dir, &cfg)
			if c.refused == "" {
				if err != nil || !bytes.Equal(cfg.Branding.Logo.Image, c.raw) {
					t.Errorf("not taken: %v", err)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), "audit.yaml:3:9: branding.logo: ") || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("refused with %v; want the place and %q", err, c.refused)
			}
		})
	}
}
