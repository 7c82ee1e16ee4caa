package xlsx

import (
	"bytes"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate"
)

// packer compresses blocks beside each other and keeps them in order in a
// temporary file, so that memory does not grow with their number. The file has
// no name where the system allows that: it holds people.
type packer struct {
	file   *os.File
	packed int64  // bytes of the file
	raw    int64  // bytes before compression
	sum    uint32 // CRC-32 of these

	todo  chan *block
	line  chan *block // the same blocks in their order
	spare chan *block
	done  chan struct{}
	work  sync.WaitGroup

	mu  sync.Mutex
	err error
}

// block is a piece of XML on its way to the file.
type block struct {
	xml    []byte
	packed bytes.Buffer
	ready  chan struct{}
}

// newPacker starts a packer. It is not more than twice as many blocks as
// processors ahead of the slowest of them.
func newPacker() (*packer, error) {
	f, err := os.CreateTemp("", "tierline-")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // while it is open; drop removes it where that is refused
	workers := make([]*flate.Writer, runtime.GOMAXPROCS(0))
	for i := range workers {
		if workers[i], err = newFlate(io.Discard); err != nil {
			_ = f.Close()
			return nil, err
		}
	}
	n := 2 * len(workers)
	p := &packer{
		file: f, todo: make(chan *block, n), line: make(chan *block, n),
		spare: make(chan *block, n), done: make(chan struct{}),
	}
	for range n {
		p.spare <- &block{ready: make(chan struct{}, 1)}
	}
	for _, w := range workers {
		p.work.Go(func() { p.compress(w) })
	}
	go p.collect()
	return p, nil
}

// next returns a block to fill, empty; it waits while all are on their way.
func (p *packer) next() *block {
	b := <-p.spare
	b.xml = b.xml[:0]
	return b
}

// pack takes a filled block.
func (p *packer) pack(b *block) {
	p.line <- b
	p.todo <- b
}

// compress packs one block after the other. Each ends on a whole byte and refers
// to nothing before it, so that packed blocks can stand behind each other.
func (p *packer) compress(w *flate.Writer) {
	for b := range p.todo {
		b.packed.Reset()
		w.Reset(&b.packed)
		_, err := w.Write(b.xml)
		if err == nil {
			err = w.Flush()
		}
		p.fail(err)
		b.ready <- struct{}{}
	}
}

// newFlate compresses at the fastest level: sheets compress to a tenth at any
// one, and this costs a few per cent of size and saves half the time.
func newFlate(w io.Writer) (*flate.Writer, error) { return flate.NewWriter(w, flate.BestSpeed) }

// squeezed compresses a text that stands before or behind packed blocks.
func squeezed(text []byte, last bool) ([]byte, error) {
	var out bytes.Buffer
	w, err := newFlate(&out)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(text)
	switch {
	case err != nil:
	case last:
		err = w.Close()
	default:
		err = w.Flush()
	}
	return out.Bytes(), err
}

// collect writes the blocks in their order.
func (p *packer) collect() {
	defer close(p.done)
	for b := range p.line {
		<-b.ready
		p.sum = crc32.Update(p.sum, crc32.IEEETable, b.xml)
		p.raw += int64(len(b.xml))
		n, err := p.file.Write(b.packed.Bytes())
		p.packed += int64(n)
		p.fail(err)
		p.spare <- b
	}
}

func (p *packer) fail(err error) {
	if err == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
}

// failed returns the first error of the work done so far.
func (p *packer) failed() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// finish waits for all blocks. Nothing may be packed after it.
func (p *packer) finish() error {
	close(p.todo)
	close(p.line)
	p.work.Wait()
	<-p.done
	return p.failed()
}

// drop gives the temporary file up.
func (p *packer) drop() {
	_ = p.file.Close()
	_ = os.Remove(p.file.Name())
}

// joinSums returns the CRC-32 of two texts one behind the other: of the first,
// of the second, and the length of the second. Text before another counts as
// its polynomial times x to the power of the bits that follow it.
func joinSums(first, second uint32, length int64) uint32 {
	shift := uint32(1) << 31                                // x^0
	for power, n := uint32(1)<<23, length; n > 0; n >>= 1 { // x^8
		if n&1 == 1 {
			shift = timesModulo(shift, power)
		}
		power = timesModulo(power, power)
	}
	return timesModulo(first, shift) ^ second
}

// timesModulo multiplies two polynomials modulo that of CRC-32, whose highest
// coefficient is the lowest bit.
func timesModulo(a, b uint32) uint32 {
	var product uint32
	for bit := uint32(1) << 31; bit != 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		if b&1 == 1 {
			b = b>>1 ^ crc32.IEEE
		} else {
			b >>= 1
		}
	}
	return product
}
