package pdfium

import (
	"encoding/binary"
	"path"

	"github.com/tetratelabs/wazero/api"

	"packbench/assets"
)

// The guest sees one folder with one file: a Chinese face, for documents that name such a font without carrying it.
// Without it their Chinese comes out blank (printing facts 1). PDFium looks into this folder by itself.
const (
	fontFolder = "/usr/share/fonts"
	fontName   = "cjk.ttf"
)

// Error numbers of WASI preview 1, which emscripten returns negated from its system calls.
const (
	errBadFile   = 8  // EBADF
	errInvalid   = 28 // EINVAL
	errNoEntry   = 44 // ENOENT
	errNotFolder = 54 // ENOTDIR
	errReadOnly  = 69 // EROFS
)

// openFiles are the descriptors of one instance.
type openFiles struct {
	byNumber map[int32]*openFile
	next     int32
}

// openFile is the font or, without data, its folder. position counts bytes, in the folder entries.
type openFile struct {
	data     []byte
	position int64
}

func newOpenFiles() *openFiles {
	const afterStandardStreams = 3
	return &openFiles{byNumber: map[int32]*openFile{}, next: afterStandardStreams}
}

// lookUp gives what lies at a path.
func lookUp(name string) (openFile, bool) {
	switch path.Clean("/" + name) {
	case fontFolder:
		return openFile{}, true
	case fontFolder + "/" + fontName:
		return openFile{data: assets.SansSCRegular}, true
	}
	return openFile{}, false
}

func (f *openFile) isFolder() bool { return f.data == nil }

// open gives a descriptor, or a negated error number. Nothing can be written.
func (f *openFiles) open(name string, flags uint32) int32 {
	const accessMode = 3 // O_ACCMODE
	if flags&accessMode != 0 {
		return -errReadOnly
	}
	file, ok := lookUp(name)
	if !ok {
		return -errNoEntry
	}
	number := f.next
	f.next++
	f.byNumber[number] = &file
	return number
}

func (f *openFiles) statPath(m api.Memory, name string, buffer uint32) int32 {
	file, ok := lookUp(name)
	if !ok {
		return -errNoEntry
	}
	return file.stat(m, buffer)
}

// stat writes emscripten's struct stat64 (96 bytes).
func (f *openFile) stat(m api.Memory, buffer uint32) int32 {
	const (
		regularReadOnly = 0o100444
		folderReadOnly  = 0o040555
		blockSize       = 4096
	)
	mode := uint32(regularReadOnly)
	if f.isFolder() {
		mode = folderReadOnly
	}
	b := make([]byte, 96)
	binary.LittleEndian.PutUint32(b[0:], 1) // device
	binary.LittleEndian.PutUint32(b[4:], mode)
	binary.LittleEndian.PutUint32(b[8:], 1) // links
	binary.LittleEndian.PutUint64(b[24:], uint64(len(f.data)))
	binary.LittleEndian.PutUint32(b[32:], blockSize)
	binary.LittleEndian.PutUint32(b[36:], uint32(len(f.data)/512))
	binary.LittleEndian.PutUint64(b[88:], 1) // inode
	if !m.Write(buffer, b) {
		return -errInvalid
	}
	return 0
}

// entries writes the folder's only entry as emscripten's struct dirent (280 bytes), and nothing the next time.
func (f *openFile) entries(m api.Memory, buffer, size uint32) int32 {
	const (
		entrySize   = 280
		regularFile = 8 // DT_REG
	)
	if !f.isFolder() {
		return -errNotFolder
	}
	if f.position > 0 {
		return 0
	}
	if size < entrySize {
		return -errInvalid
	}
	b := make([]byte, entrySize)
	binary.LittleEndian.PutUint64(b[0:], 1) // inode
	binary.LittleEndian.PutUint64(b[8:], 1) // offset
	binary.LittleEndian.PutUint16(b[16:], entrySize)
	b[18] = regularFile
	copy(b[19:], fontName)
	if !m.Write(buffer, b) {
		return -errInvalid
	}
	f.position = 1
	return entrySize
}

// read fills one of the guest's buffers and tells how many bytes that were.
func (f *openFile) read(m api.Memory, buffer, size uint32) (uint32, bool) {
	if f.position >= int64(len(f.data)) {
		return 0, true
	}
	part := f.data[f.position:min(f.position+int64(size), int64(len(f.data)))]
	if !m.Write(buffer, part) {
		return 0, false
	}
	f.position += int64(len(part))
	return uint32(len(part)), true
}

// seek moves the position and gives the new one; it fails before the start of the file.
func (f *openFile) seek(offset int64, whence uint32) (int64, bool) {
	switch whence {
	case 0: // from the start
	case 1:
		offset += f.position
	case 2:
		offset += int64(len(f.data))
	default:
		return 0, false
	}
	if offset < 0 {
		return 0, false
	}
	f.position = offset
	return offset, true
}
