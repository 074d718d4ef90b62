package store

import (
	"hash/crc32"

	bolt "go.etcd.io/bbolt"
)

// Check reads both files from end to end, the journal first, beside whatever goes on in them, and gives the first damage that it meets: the Problems
// store.damaged_journal, store.damaged_journal_alone and store.damaged_cache. Of what the values hold it knows nothing.
func (s *Store) Check() error {
	for _, f := range []*file{s.journal, s.cache} {
		err := f.View(func(tx *bolt.Tx) error {
			return tx.ForEach(func(_ []byte, bucket *bolt.Bucket) error { return readThrough(bucket) })
		})
		if err != nil {
			return s.trouble("read the files through", err)
		}
	}
	return nil
}

// readThrough touches every byte of a bucket: what lies on a part of the disk that cannot be read is found only so.
func readThrough(bucket *bolt.Bucket) error {
	return bucket.ForEach(func(key, value []byte) error {
		if value == nil {
			return readThrough(bucket.Bucket(key))
		}
		crc32.ChecksumIEEE(value)
		return nil
	})
}
