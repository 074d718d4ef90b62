// Package sandbox is a server that behaves like the TikTok Shop API and its token host, for tests, demonstrations and trying out a bench
// without a shop (platform API 7). It checks what the platform checks and refuses with the platform's codes.
//
// Orders are kept as the JSON they came as, so that fields this program has never heard of are served too. Nothing is
// shared with the client but the signature, which the platform's own test vectors prove.
package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"packbench/internal/order"
)

// Options say what a sandbox holds and how it answers. The zero value is a shop without orders.
type Options struct {
	// Orders is the number of orders that are made up, and Seed chooses them: the same seed, number, Mix and Now give the
	// same shop.
	Orders int
	Seed   int64
	// Mix is what the shop is made up of: MixPlain, also where it is empty, or MixFull.
	Mix string
	// Data replaces what is made up: {"shops":[…],"orders":[…]}, shops as Get Authorized Shops gives them, orders as Order
	// Detail gives them plus shop_id. Packages follow from packages[].id and the package_id of lines and parts.
	Data []byte
	// Goods are sold instead of the made up shop's own assortment. With Data they replace the derived rows of their SKUs.
	Goods []order.Good
	// Now is the time of orders' lives; nil is time.Now.
	Now func() time.Time
	// Clock is the real time, for Date, time stamps, tokens, links and LabelDelay; nil is time.Now.
	Clock func() time.Time
	// LabelDelay is how long a label is in production after shipment was arranged.
	LabelDelay time.Duration
	// Across is printed across every label in the place of where it goes, in Latin letters, so that none can be taken for a real one; empty: nothing.
	Across string
	// Pictures is the address at which the sandbox is reached, as http://127.0.0.1:8080: lines without a picture get one that lies there, but for given orders. Empty: they have
	// none.
	Pictures string
	// Rate is how many requests a second each shop may send before it is told to slow down; 0 is any number.
	Rate float64
	// Speed lets orders live, so many times as fast as Now goes: buyers pay and change their minds, carriers come at 11 and 17
	// o'clock, the system cancels what was missed, and new orders come to a shop that was made up. 0 leaves orders as they are,
	// unless there is a Scenario: then they live as fast as Now goes, without new ones.
	Speed float64
	// Scenario is what goes wrong, and when; nil is nothing.
	Scenario *Scenario
	// Record is written a line of JSON for every request; nothing secret and no address is in it.
	Record io.Writer
	// TokenLife is how long an access token lives by Clock; 0 is seven days (platform API 1.3).
	TokenLife time.Duration
}

// Sandbox is the simulated platform. It is an http.Handler, for any number of requests at once.
type Sandbox struct {
	lives, clock func() time.Time
	born         time.Time // by lives
	seed         int64
	living       bool // buyers, carriers and the system act by themselves
	recorder     io.Writer
	tokenLife    time.Duration
	labelDelay   time.Duration
	across       string
	perSecond    float64
	pictures     string
	mux          *http.ServeMux
	goods        []order.Good
	shops        []shop

	mu          sync.Mutex // guards what follows
	credentials Credentials
	codes       map[string]time.Time // auth codes that wait, and when they were given
	consents    int                  // codes given out since New
	rotations   int                  // pairs of tokens given out since New
	orders      map[string]*record
	listings    map[string]*listing // by shop
	parcels     map[string]*parcel
	trackings   map[string]*parcel // whose number it is or was
	stops       []*cancellation    // the oldest first
	numbered    int                // ids given out since New
	answers     map[string]answer  // by idempotency key
	documents   map[string]document
	limits      map[string]*rate.Limiter
	calls       map[string]int
	requests    uint64
	calling     *encounter // the call that is carried out, nil while others act
	moment      time.Time  // when others act; zero otherwise
	agenda      agenda
	planned     map[string]stage // of parcels that a carrier is expected for
	arriving    *arrivals
	faults      []*running
	calm        bool
	remembers   bool               // keeps orders as they were before their last change
	earlier     map[string]*record // those
	pages       map[string][]any   // the ends of the pages last answered
	falsified   map[string]bool    // orders of which an answer was false
	seconds     []Second
	refused     []string
	recordError error
}

// shop is one shop as Get Authorized Shops lists it (platform API 1.5).
type shop struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Region     string `json:"region"`
	SellerType string `json:"seller_type"`
	Cipher     string `json:"cipher"`
	Code       string `json:"code"`
}

// New makes a sandbox. It fails where Options.Data is not what it should be, and says where.
func New(o Options) (*Sandbox, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.TokenLife <= 0 {
		o.TokenLife = defaultTokenLife
	}
	lives := livesClock(o.Now, o.Speed)
	s := &Sandbox{
		credentials: newCredentials(o.Seed, o.Clock(), o.TokenLife), tokenLife: o.TokenLife,
		lives: lives, born: lives(), clock: o.Clock, seed: o.Seed, living: o.Speed > 0 || o.Scenario != nil, recorder: o.Record, labelDelay: o.LabelDelay, across: o.Across, perSecond: o.Rate, pictures: o.Pictures,
		orders: map[string]*record{}, listings: map[string]*listing{}, parcels: map[string]*parcel{},
		trackings: map[string]*parcel{}, answers: map[string]answer{}, codes: map[string]time.Time{},
		planned: map[string]stage{}, earlier: map[string]*record{}, pages: map[string][]any{}, falsified: map[string]bool{},
		documents: map[string]document{}, limits: map[string]*rate.Limiter{}, calls: map[string]int{},
	}
	s.codes[s.credentials.AuthCode] = o.Clock()
	if err := s.fill(o); err != nil {
		return nil, err
	}
	if o.Scenario != nil {
		if err := s.begin(*o.Scenario); err != nil {
			return nil, err
		}
	}
	s.mux = s.routes()
	return s, nil
}

func (s *Sandbox) fill(o Options) error {
	if o.Data != nil {
		s.pictures = "" // orders stay as given
		given, err := readData(o.Data)
		if err != nil {
			return err
		}
		s.shops = given.shops
		s.goods = goodsOf(given.orders, o.Goods)
		return s.keepAll(given.orders)
	}
	switch o.Mix {
	case "", MixPlain:
		plain := newPlainShop(o.Seed, o.Orders, o.Goods, o.Now())
		s.shops, s.goods = []shop{plain.shop}, plain.goods
		s.expectBuyers(o, plain.maker, func(o object, _ *rand.Rand) ownedOrder { return ownedOrder{plainShopID, o} })
		return s.keepAll(plain.orders)
	case MixFull:
		mixed := newMixedSeller(o.Seed, o.Orders, o.Goods, o.Now())
		s.shops, s.goods = mixed.shops, mixed.goods
		s.expectBuyers(o, mixed.maker, mixed.arrives)
		return s.keepAll(mixed.orders)
	}
	return fmt.Errorf("nobody knows the mix %q; known are %s and %s", o.Mix, MixPlain, MixFull)
}

func (s *Sandbox) keepAll(orders []ownedOrder) error {
	for _, o := range orders {
		if s.orders[o.id()] != nil {
			return fmt.Errorf("order %s is given twice", o.id())
		}
		if err := s.keep(o.shop, o.object); err != nil {
			return fmt.Errorf("order %s: %w", o.id(), err)
		}
	}
	for _, o := range orders {
		s.adoptTracking(o.object)
		s.adoptCancellation(o.shop, o.object)
	}
	return nil
}

// Goods is the catalogue of what the shop sells: a row for every SKU of its orders, the parts of bundles included.
func (s *Sandbox) Goods() []order.Good { return slices.Clone(s.goods) }

// Shops are the names of the shops that the one authorization lets in.
func (s *Sandbox) Shops() []string {
	var names []string
	for _, known := range s.shops {
		names = append(names, known.Name)
	}
	return names
}

// Calls counts the calls that reached an endpoint, whether or not they were let in. endpoint is a method and a path,
// either of one package, such as "POST /fulfillment/202309/packages/1153/ship", or of all, with {package_id} in its place.
func (s *Sandbox) Calls(endpoint string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[endpoint]
}

// derived is a number that looks random and is the same every time: 64 hex digits of what it is for.
func derived(what string, of any) string {
	mac := hmac.New(sha256.New, []byte("packbench sandbox"))
	fmt.Fprintf(mac, "%s %v", what, of)
	return hex.EncodeToString(mac.Sum(nil))
}

// token is derived in the letters of a token or cipher.
func token(what string, of any) string {
	return base64.RawURLEncoding.EncodeToString([]byte(derived(what, of))[:36])
}
