package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // kinds of pictures that DecodeConfig and Decode know
	_ "image/png"
	"io/fs"
	"path/filepath"

	"tierline/audit/config"
)

// Limits of a logo (METHOD 16.6): it stands in result.json, and a page shows no more of it.
const (
	maxLogo      = 1 << 18 // bytes
	maxLogoSide  = 4000    // pixels
	minLogoSide  = 16
	maxLogoRatio = 20 // of the longer side to the shorter one
)

// readLogo reads the picture that audit.yaml names. What is wrong with it is a
// mistake of audit.yaml: reports without it would look like somebody else's.
func readLogo(ctx context.Context, dir string, cfg *config.Config) error {
	logo := &cfg.Branding.Logo
	if logo.File == "" {
		return nil
	}
	raw, err := logoBytes(ctx, dir, logo.File)
	if err == nil {
		err = checkLogo(raw)
	}
	if err != nil {
		return fmt.Errorf("%s: branding.logo: %q: %w", logo.Source, logo.File, err)
	}
	logo.Image = raw
	return nil
}

func logoBytes(ctx context.Context, dir, name string) ([]byte, error) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return nil, errors.New("outside the folder; expected the path of a file in it, such as logo.png")
	}
	h, size, err := openRegular(filepath.Join(dir, local), maxLogo)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file in the folder")
	case err != nil:
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer h.Close()
	return readSized(ctx, h, int(size), nil)
}

// checkLogo says why a picture cannot be a logo. Its size is asked before it is
// unpacked: a small file can be a picture of a million rows.
func checkLogo(raw []byte) error {
	c, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return errors.New("no picture that can be read; expected a PNG or JPEG file")
	}
	long, short := max(c.Width, c.Height), min(c.Width, c.Height)
	if short < minLogoSide || long > maxLogoSide || long > maxLogoRatio*short {
		return fmt.Errorf("a picture of %d x %d pixels; expected sides from %d to %d, and none more than %d times as long as the other",
			c.Width, c.Height, minLogoSide, maxLogoSide, maxLogoRatio)
	}
	if _, _, err := image.Decode(bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("a %s picture that is damaged; save it anew", kind)
	}
	return nil
}
