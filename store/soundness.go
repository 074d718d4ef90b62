package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"
)

// bbolt maps its file into memory and believes what it reads there: a file that was cut short, or a page number that was flipped, ends the whole
// program with a fault that nothing can catch. So a file's structure is read beforehand with plain reads, every number checked before it is
// followed. The format is bbolt's version 2 (go.etcd.io/bbolt/internal/common): what it is written in does not change within a version.
const (
	boltMagic      = 0xED0CDAED
	boltVersion    = 2
	boltMetaSize   = 64 // of a meta, its checksum last
	boltPageHeader = 16 // id 8, flags 2, count 2, overflow 4
	boltElement    = 16 // of a branch: pos 4, key size 4, page 8; of a leaf: flags 4, pos 4, key size 4, value size 4
	boltBucket     = 16 // a bucket's value: its root page 8, its sequence 8; with root 0 its only page follows
	boltManyFree   = 0xFFFF

	boltBranch   = 0x01
	boltLeaf     = 0x02
	boltFreelist = 0x10
	boltIsBucket = 0x01 // of a leaf's element
)

// deepest is how deep pages and buckets may nest. A tree of that depth could not lie in any file.
const deepest = 64

// unsound tells what is wrong with a file's structure.
type unsound struct{ what string }

func (u unsound) Error() string { return u.what }

func unsoundf(format string, args ...any) error { return unsound{fmt.Sprintf(format, args...)} }

// sound tells whether bbolt can walk a whole file without leaving it: nil, an unsound error, or a failure to read. What the values hold it does
// not know. The file must not change meanwhile.
func sound(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(soundIn(f), f.Close())
}

func soundIn(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	m, err := newestMeta(f, info.Size())
	if err != nil {
		return err
	}
	if m.pages < 4 || m.pages > uint64(info.Size())/m.pageSize {
		return unsoundf("%d pages of %d bytes in a file of %d bytes", m.pages, m.pageSize, info.Size())
	}
	w := &walker{file: f, meta: m, used: make([]bool, m.pages)}
	w.used[0], w.used[1] = true, true
	if err := w.freelist(); err != nil {
		return err
	}
	if err := w.tree(m.root, &keys{}, 0); err != nil {
		return err
	}
	for id, used := range w.used {
		if !used {
			return unsoundf("page %d is neither used nor free", id)
		}
	}
	return nil
}

// boltMeta is what a meta page says of a file.
type boltMeta struct{ pageSize, root, freelist, pages, tx uint64 }

// newestMeta is the one bbolt goes by: that of the last transaction, of those of the two that are whole.
func newestMeta(f *os.File, size int64) (boltMeta, error) {
	var found []boltMeta
	if m, ok, err := metaAt(f, 0); err != nil {
		return m, err
	} else if ok {
		found = append(found, m)
	}
	for at := int64(1024); at <= 1024<<14 && at < size; at <<= 1 { // the second page, whatever the size of pages
		if len(found) > 0 && found[0].pageSize != uint64(at) {
			continue
		}
		m, ok, err := metaAt(f, at)
		if err != nil {
			return m, err
		}
		if ok && m.pageSize == uint64(at) {
			found = append(found, m)
			break
		}
	}
	switch {
	case len(found) == 0:
		return boltMeta{}, unsoundf("neither meta page is whole")
	case len(found) == 2 && found[1].tx > found[0].tx:
		return found[1], nil
	}
	return found[0], nil
}

func metaAt(f *os.File, at int64) (m boltMeta, ok bool, err error) {
	buf := make([]byte, boltPageHeader+boltMetaSize)
	if _, err := f.ReadAt(buf, at); errors.Is(err, io.EOF) {
		return m, false, nil
	} else if err != nil {
		return m, false, err
	}
	buf = buf[boltPageHeader:]
	le := binary.LittleEndian
	sum := fnv.New64a()
	sum.Write(buf[:boltMetaSize-8])
	m = boltMeta{
		pageSize: uint64(le.Uint32(buf[8:])), root: le.Uint64(buf[16:]), freelist: le.Uint64(buf[32:]), pages: le.Uint64(buf[40:]), tx: le.Uint64(buf[48:]),
	}
	ok = le.Uint32(buf) == boltMagic && le.Uint32(buf[4:]) == boltVersion && le.Uint64(buf[56:]) == sum.Sum64() &&
		m.pageSize >= 1024 && m.pageSize <= 1024<<14
	return m, ok, nil
}

// walker walks over the pages of a file.
type walker struct {
	file *os.File
	meta boltMeta
	used []bool
	bufs [][]byte // pages at hand for the next ones
}

// boltPage is a page with what overflowed from it.
type boltPage struct {
	flags, count uint64
	data         []byte
}

func (p boltPage) u32(at uint64) uint64 { return uint64(binary.LittleEndian.Uint32(p.data[at:])) }
func (p boltPage) u64(at uint64) uint64 { return binary.LittleEndian.Uint64(p.data[at:]) }

// page reads a page and notes that it is used.
func (w *walker) page(id uint64) (boltPage, error) {
	if id < 2 || id >= w.meta.pages {
		return boltPage{}, unsoundf("page %d of %d", id, w.meta.pages)
	}
	var buf []byte
	if n := len(w.bufs); n > 0 {
		buf, w.bufs = w.bufs[n-1], w.bufs[:n-1]
	} else {
		buf = make([]byte, w.meta.pageSize)
	}
	at := int64(id * w.meta.pageSize)
	if _, err := w.file.ReadAt(buf, at); err != nil {
		return boltPage{}, unread(err)
	}
	p := pageIn(buf)
	over := p.u32(12)
	if p.u64(0) != id || over >= w.meta.pages-id {
		return boltPage{}, unsoundf("page %d says it is page %d and %d more", id, p.u64(0), over)
	}
	for n := range over + 1 {
		if w.used[id+n] {
			return boltPage{}, unsoundf("page %d is used twice", id+n)
		}
		w.used[id+n] = true
	}
	if over > 0 {
		w.done(p)
		p.data = make([]byte, (over+1)*w.meta.pageSize)
		if _, err := w.file.ReadAt(p.data, at); err != nil {
			return boltPage{}, unread(err)
		}
	}
	return p, nil
}

// unread is a page that the file should have.
func unread(err error) error {
	if errors.Is(err, io.EOF) {
		return unsoundf("the file ends early")
	}
	return err
}

func pageIn(data []byte) boltPage {
	return boltPage{
		flags: uint64(binary.LittleEndian.Uint16(data[8:])), count: uint64(binary.LittleEndian.Uint16(data[10:])), data: data,
	}
}

// done gives a page's memory to the next one.
func (w *walker) done(p boltPage) {
	if uint64(len(p.data)) == w.meta.pageSize {
		w.bufs = append(w.bufs, p.data)
	}
}

func (w *walker) freelist() error {
	p, err := w.page(w.meta.freelist)
	if err != nil {
		return err
	}
	count, first := p.count, uint64(boltPageHeader)
	if count == boltManyFree {
		count, first = p.u64(first), first+8
	}
	if p.flags != boltFreelist || count > (uint64(len(p.data))-first)/8 {
		return unsoundf("page %d is no list of %d free pages", w.meta.freelist, count)
	}
	for n := range count {
		id := p.u64(first + n*8)
		if id < 2 || id >= w.meta.pages || w.used[id] {
			return unsoundf("page %d cannot be free", id)
		}
		w.used[id] = true
	}
	w.done(p)
	return nil
}

// keys are those of a bucket as one comes by them: each is greater than the last, and none smaller than what leads to it.
type keys struct {
	last, least []byte
	any         bool
}

func (k *keys) leads(key []byte) error {
	if k.any && bytes.Compare(key, k.last) <= 0 || bytes.Compare(key, k.least) < 0 {
		return unsoundf("keys are out of order")
	}
	k.least = append(k.least[:0], key...)
	return nil
}

func (k *keys) next(key []byte) error {
	if len(key) == 0 || len(key) > bolt.MaxKeySize {
		return unsoundf("a key of %d bytes", len(key))
	}
	if k.any && bytes.Compare(key, k.last) <= 0 || bytes.Compare(key, k.least) < 0 {
		return unsoundf("keys are out of order")
	}
	k.last, k.any = append(k.last[:0], key...), true
	return nil
}

// tree walks over a bucket from its root or from a page below it.
func (w *walker) tree(id uint64, k *keys, deep int) error {
	p, err := w.page(id)
	if err != nil {
		return err
	}
	if deep > deepest {
		return unsoundf("page %d lies too deep", id)
	}
	defer w.done(p)
	if p.flags == boltLeaf {
		return w.leaf(p, k, deep)
	}
	if p.flags != boltBranch || p.count == 0 {
		return unsoundf("page %d is neither branch nor leaf", id)
	}
	for n := range p.count {
		at := boltPageHeader + n*boltElement
		if at+boltElement > uint64(len(p.data)) {
			return unsoundf("page %d has no room for %d elements", id, p.count)
		}
		from := at + p.u32(at)
		to := from + p.u32(at+4)
		if to > uint64(len(p.data)) {
			return unsoundf("a key of page %d lies outside it", id)
		}
		if err := k.leads(p.data[from:to]); err != nil {
			return err
		}
		if err := w.tree(p.u64(at+8), k, deep+1); err != nil {
			return err
		}
	}
	return nil
}

// leaf walks over keys and values, and into the buckets among them.
func (w *walker) leaf(p boltPage, k *keys, deep int) error {
	for n := range p.count {
		at := boltPageHeader + n*boltElement
		if at+boltElement > uint64(len(p.data)) {
			return unsoundf("a leaf has no room for %d elements", p.count)
		}
		from := at + p.u32(at+4)
		mid := from + p.u32(at+8)
		to := mid + p.u32(at+12)
		if to > uint64(len(p.data)) {
			return unsoundf("a value lies outside its page")
		}
		if err := k.next(p.data[from:mid]); err != nil {
			return err
		}
		switch p.u32(at) {
		case 0:
		case boltIsBucket:
			if err := w.bucket(p.data[mid:to], deep+1); err != nil {
				return err
			}
		default:
			return unsoundf("an element is neither value nor bucket")
		}
	}
	return nil
}

func (w *walker) bucket(value []byte, deep int) error {
	if len(value) < boltBucket || deep > deepest {
		return unsoundf("a bucket of %d bytes", len(value))
	}
	root := binary.LittleEndian.Uint64(value)
	if root != 0 {
		return w.tree(root, &keys{}, deep)
	}
	inside := value[boltBucket:]
	if len(inside) < boltPageHeader {
		return unsoundf("a bucket's own page of %d bytes", len(inside))
	}
	p := pageIn(inside)
	if p.flags != boltLeaf {
		return unsoundf("a bucket's own page is no leaf")
	}
	return w.leaf(p, &keys{}, deep)
}
