package audit

import (
	"encoding/json"
	"fmt"
	"reflect"

	"tierline/audit/money"
)

// UnmarshalJSON reads a result as it was written. Amounts stand in JSON
// without their currency: it is that of the nearest object around them which
// names one, or of the field that the amount's tag names; the run's where none
// does.
func (r *Result) UnmarshalJSON(text []byte) error {
	type written Result // without this method
	if err := json.Unmarshal(text, (*written)(r)); err != nil {
		return err
	}
	return Denominate(r, r.Run.Currency)
}

// Denominate gives the amounts below what a pointer leads to their currency, after
// they were read without: that of the nearest object around them which names one,
// else the one given. An amount that has a currency keeps it.
func Denominate(of any, otherwise money.Currency) error {
	return denominate(reflect.ValueOf(of).Elem(), otherwise)
}

var (
	amountType   = reflect.TypeFor[money.Amount]()
	currencyType = reflect.TypeFor[money.Currency]()
)

// denominate gives the amounts below v their currency.
func denominate(v reflect.Value, c money.Currency) error {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return denominate(v.Elem(), c)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := denominate(v.Index(i), c); err != nil {
				return fmt.Errorf("[%d]%w", i, err)
			}
		}
	case reflect.Struct:
		return denominateStruct(v, c)
	}
	return nil
}

func denominateStruct(v reflect.Value, c money.Currency) error {
	if v.Type() == amountType {
		a, err := v.Interface().(money.Amount).In(c)
		if err != nil {
			return fmt.Errorf(": %w", err)
		}
		v.Set(reflect.ValueOf(a))
		return nil
	}
	c = stated(v, "Currency", c)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		if err := denominate(v.Field(i), stated(v, f.Tag.Get("currency"), c)); err != nil {
			return fmt.Errorf(".%s%w", f.Name, err)
		}
	}
	return nil
}

// stated returns the currency in a field of v, or another one where there is
// no such field or it is empty.
func stated(v reflect.Value, name string, otherwise money.Currency) money.Currency {
	f := v.FieldByName(name)
	if !f.IsValid() || f.Type() != currencyType || f.String() == "" {
		return otherwise
	}
	return money.Currency(f.String())
}
