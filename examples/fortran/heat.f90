! Heat on a plate, computed by all ranks together.
!
! Explicit finite differences, second order in space. The plate is cut in two dimensions; every rank advances its tile
! while the edges travel to and from its neighbours. Arrays are (x, y), so that a row of the plate is contiguous.

module plates
   use, intrinsic :: iso_fortran_env, only: real64, int8, int64, error_unit, iostat_eor
   implicit none
   integer(int8), parameter :: conducts = 0, held = 1, insulates = 2

   type plate_t
      real(real64), allocatable :: celsius(:, :)
      integer(int8), allocatable :: kind(:, :)
   end type

contains

   ! The plate of a file; without cells when the file is wrong, after saying why.
   subroutine read_plate(name, plate)
      character(*), intent(in) :: name
      type(plate_t), intent(out) :: plate
      character(:), allocatable :: line
      character(200) :: problem
      integer :: unit, status, number, width, row, pass
      logical :: good
      good = .true.
      width = 0
      do pass = 1, 2                                    ! counts the rows, then reads them
         open (newunit=unit, file=name, status='old', action='read', iostat=status, iomsg=problem)
         if (status /= 0) then
            write (error_unit, '(5a)') 'heat: input ', name, ' cannot be read: ', trim(problem), '.'
            good = .false.
            exit
         end if
         row = 0
         number = 0
         do while (good)
            call read_line(unit, line, status)
            if (status /= 0) exit
            number = number + 1
            if (line == '' .or. index(line, '#') == 1) cycle
            row = row + 1
            if (row == 1) width = commas(line) + 1
            if (pass == 2) call read_row(line, plate, row, number, name, good)
         end do
         close (unit)
         if (pass == 1) allocate (plate%celsius(width, row), plate%kind(width, row))
      end do
      if (good .and. row == 0) write (error_unit, '(3a)') 'heat: ', name, ' has no values. Write a line for each row.'
      if (good) return
      plate%celsius = reshape([real(real64) ::], [0, 0])
      plate%kind = reshape([integer(int8) ::], [0, 0])
   end subroutine

   ! One line of any length, without the characters that end it.
   subroutine read_line(unit, line, status)
      integer, intent(in) :: unit
      character(:), allocatable, intent(out) :: line
      integer, intent(out) :: status
      character(1000) :: buffer
      integer :: length
      line = ''
      do
         length = 0
         read (unit, '(a)', advance='no', size=length, iostat=status) buffer
         line = line//buffer(:length)
         if (status /= 0) exit
      end do
      if (status == iostat_eor .or. len(line) > 0) status = 0
      length = len(line)
      if (length > 0) then
         if (line(length:) == achar(13)) line = line(:length - 1)
      end if
   end subroutine

   pure integer function commas(line)
      character(*), intent(in) :: line
      integer :: i
      commas = count([(line(i:i) == ',', i=1, len(line))])
   end function

   ! The cells of one line: 20 conducts, =95 is held, x insulates.
   subroutine read_row(line, plate, row, number, name, good)
      character(*), intent(in) :: line, name
      type(plate_t), intent(inout) :: plate
      integer, intent(in) :: row, number
      logical, intent(out) :: good
      character(:), allocatable :: word
      integer :: x, from, to
      good = commas(line) + 1 == size(plate%celsius, 1)
      if (.not. good) then
         write (error_unit, '(3a,i0,a,i0,a,i0,a)') 'heat: ', name, ' line ', number, ' has ', commas(line) + 1, &
            ' values, the first has ', size(plate%celsius, 1), '. Every line needs the same number.'
         return
      end if
      from = 1
      do x = 1, size(plate%celsius, 1)
         to = from + scan(line(from:)//',', ',') - 2
         word = trim(adjustl(line(from:to)))
         from = to + 2
         plate%celsius(x, row) = 0
         plate%kind(x, row) = insulates
         if (word == 'x') cycle
         plate%kind(x, row) = merge(held, conducts, index(word, '=') == 1)
         call read_number(word(merge(2, 1, index(word, '=') == 1):), plate%celsius(x, row), good)
         good = good .and. abs(plate%celsius(x, row)) <= 10000
         if (good) cycle
         write (error_unit, '(3a,i0,a,i0,3a)') 'heat: ', name, ' line ', number, ' value ', x, ": '", word, &
            "' is no temperature within ±10000 °C. Write 20, =95 (held) or x (insulates)."
         return
      end do
   end subroutine

   subroutine read_number(word, number, good)
      character(*), intent(in) :: word
      real(real64), intent(out) :: number
      logical, intent(out) :: good
      integer :: status
      number = 0
      ! Without this a list-directed read would take much more: several words, repetitions, nothing.
      good = len(word) > 0 .and. verify(word, '0123456789+-.eE') == 0
      if (.not. good) return
      read (word, *, iostat=status) number
      good = status == 0
   end subroutine

   ! A plate with so many cells along its longer side, each of which takes its nearest old one.
   function resampled(plate, cells) result(new)
      type(plate_t), intent(in) :: plate
      integer, intent(in) :: cells
      type(plate_t) :: new
      integer(int64) :: old(2), sides(2), i
      integer(int64), allocatable :: x(:), y(:)
      old = shape(plate%celsius)
      sides = max(1_int64, (2*old*cells + maxval(old))/(2*maxval(old)))
      allocate (x, source=[((2*i + 1)*old(1)/(2*sides(1)) + 1, i=0, sides(1) - 1)])
      allocate (y, source=[((2*i + 1)*old(2)/(2*sides(2)) + 1, i=0, sides(2) - 1)])
      new%celsius = plate%celsius(x, y)
      new%kind = plate%kind(x, y)
   end function

end module

module tiles
   use mpi_f08
   use plates
   implicit none

   real(real64), parameter :: ratio = 0.2_real64            ! time step × diffusivity ÷ cell size²

   ! The cells of one rank with a frame of one cell around them. open tells which neighbours conduct (west, east,
   ! north, south); none does where the temperature never changes.
   type tile_t
      integer :: width, height
      real(real64), allocatable :: now(:, :), next(:, :)
      logical, allocatable :: inside(:, :), open(:, :, :)
      integer :: west, east, north, south                   ! ranks
      type(MPI_Datatype) :: row, column
   end type

contains

   ! The cells that a rank computes: first column and row (from 0), width, height.
   function place_of(grid, rank, rows_columns, cells) result(place)
      type(MPI_Comm), intent(in) :: grid
      integer, intent(in) :: rank, rows_columns(2), cells(2)
      integer :: place(4), coordinates(2)
      integer(int64) :: at(2), parts(2)
      call MPI_Cart_coords(grid, rank, 2, coordinates)
      at = coordinates(2:1:-1)
      parts = rows_columns(2:1:-1)
      place(1:2) = int(at*cells/parts)
      place(3:4) = int((at + 1)*cells/parts) - place(1:2)
   end function

   subroutine make_tile(tile, grid, place, plate)
      type(tile_t), intent(out) :: tile
      type(MPI_Comm), intent(in) :: grid
      integer, intent(in) :: place(4)
      type(plate_t), intent(in) :: plate
      integer(int8), allocatable :: kind(:, :)
      integer :: w, h, left, top, right, bottom
      left = place(1)
      top = place(2)
      w = place(3)
      h = place(4)
      tile%width = w
      tile%height = h
      allocate (tile%now(0:w + 1, 0:h + 1), source=0.0_real64)
      tile%now(1:w, 1:h) = plate%celsius(left + 1:left + w, top + 1:top + h)

      ! Insulation around the plate: its edge lets no heat through.
      allocate (kind(0:w + 1, 0:h + 1), source=insulates)
      right = min(left + w + 1, size(plate%kind, 1))
      bottom = min(top + h + 1, size(plate%kind, 2))
      kind(max(1, left) - left:right - left, max(1, top) - top:bottom - top) = &
         plate%kind(max(1, left):right, max(1, top):bottom)

      tile%next = tile%now
      allocate (tile%inside(w, h), tile%open(4, w, h))
      tile%inside = kind(1:w, 1:h) /= insulates
      tile%open(1, :, :) = kind(1:w, 1:h) == conducts .and. kind(0:w - 1, 1:h) /= insulates
      tile%open(2, :, :) = kind(1:w, 1:h) == conducts .and. kind(2:w + 1, 1:h) /= insulates
      tile%open(3, :, :) = kind(1:w, 1:h) == conducts .and. kind(1:w, 0:h - 1) /= insulates
      tile%open(4, :, :) = kind(1:w, 1:h) == conducts .and. kind(1:w, 2:h + 1) /= insulates

      call MPI_Cart_shift(grid, 0, 1, tile%north, tile%south)
      call MPI_Cart_shift(grid, 1, 1, tile%west, tile%east)
      call MPI_Type_contiguous(w, MPI_DOUBLE_PRECISION, tile%row)
      call MPI_Type_vector(h, 1, w + 2, MPI_DOUBLE_PRECISION, tile%column)
      call MPI_Type_commit(tile%row)
      call MPI_Type_commit(tile%column)
   end subroutine

   ! One time step of all ranks: the inside is computed while the edges travel.
   subroutine step(tile, grid)
      type(tile_t), asynchronous, intent(inout) :: tile
      type(MPI_Comm), intent(in) :: grid
      type(MPI_Request) :: requests(8)
      real(real64), allocatable :: old(:, :)
      integer :: w, h
      w = tile%width
      h = tile%height
      call MPI_Irecv(tile%now(1, 0), 1, tile%row, tile%north, 0, grid, requests(1))
      call MPI_Irecv(tile%now(1, h + 1), 1, tile%row, tile%south, 1, grid, requests(2))
      call MPI_Irecv(tile%now(0, 1), 1, tile%column, tile%west, 2, grid, requests(3))
      call MPI_Irecv(tile%now(w + 1, 1), 1, tile%column, tile%east, 3, grid, requests(4))
      call MPI_Isend(tile%now(1, h), 1, tile%row, tile%south, 0, grid, requests(5))
      call MPI_Isend(tile%now(1, 1), 1, tile%row, tile%north, 1, grid, requests(6))
      call MPI_Isend(tile%now(w, 1), 1, tile%column, tile%east, 2, grid, requests(7))
      call MPI_Isend(tile%now(1, 1), 1, tile%column, tile%west, 3, grid, requests(8))

      call advance(tile, 2, w - 1, 2, h - 1)
      call MPI_Waitall(8, requests, MPI_STATUSES_IGNORE)
      if (.not. MPI_ASYNC_PROTECTS_NONBLOCKING) call MPI_F_sync_reg(tile%now)
      call advance(tile, 1, w, 1, 1)
      call advance(tile, 1, w, h, h)
      call advance(tile, 1, 1, 2, h - 1)
      call advance(tile, w, w, 2, h - 1)

      call move_alloc(tile%now, old)
      call move_alloc(tile%next, tile%now)
      call move_alloc(old, tile%next)
   end subroutine

   ! Sums run in the same order everywhere, so that results do not depend on the number of ranks.
   pure subroutine advance(tile, left, right, top, bottom)
      type(tile_t), asynchronous, intent(inout) :: tile
      integer, intent(in) :: left, right, top, bottom
      real(real64) :: t, flow
      integer :: x, y
      associate (now => tile%now, open => tile%open)
         do y = top, bottom
            do x = left, right
               t = now(x, y)
               if (all(open(:, x, y))) then
                  flow = ((now(x - 1, y) + now(x + 1, y)) + (now(x, y - 1) + now(x, y + 1))) - 4*t
               else
                  flow = (merge(now(x - 1, y) - t, 0.0_real64, open(1, x, y)) &
                          + merge(now(x + 1, y) - t, 0.0_real64, open(2, x, y))) &
                         + (merge(now(x, y - 1) - t, 0.0_real64, open(3, x, y)) &
                            + merge(now(x, y + 1) - t, 0.0_real64, open(4, x, y)))
               end if
               tile%next(x, y) = t + ratio*flow
            end do
         end do
      end associate
   end subroutine

   ! The largest change in the last step, coldest, mean and warmest of the whole plate.
   function look(tile, grid) result(values)
      type(tile_t), intent(in) :: tile
      type(MPI_Comm), intent(in) :: grid
      real(real64) :: values(4), most(3), sums(2)
      associate (now => tile%now(1:tile%width, 1:tile%height), before => tile%next(1:tile%width, 1:tile%height))
         most(1) = max(0.0_real64, maxval(abs(now - before), tile%inside))
         most(2) = maxval(now, tile%inside)
         most(3) = -minval(now, tile%inside)
         sums = [sum(now, tile%inside), real(count(tile%inside), real64)]
      end associate
      call MPI_Allreduce(MPI_IN_PLACE, most, 3, MPI_DOUBLE_PRECISION, MPI_MAX, grid)
      call MPI_Allreduce(MPI_IN_PLACE, sums, 2, MPI_DOUBLE_PRECISION, MPI_SUM, grid)
      values = [most(1), -most(3), sums(1)/max(1.0_real64, sums(2)), most(2)]
   end function

   ! The temperatures of the whole plate on rank 0.
   subroutine gather(tile, grid, rows_columns, cells, whole)
      type(tile_t), intent(in) :: tile
      type(MPI_Comm), intent(in) :: grid
      integer, intent(in) :: rows_columns(2), cells(2)
      real(real64), allocatable, intent(out) :: whole(:, :)
      real(real64), allocatable :: part(:, :)
      integer :: rank, ranks, from, place(4)
      call MPI_Comm_rank(grid, rank)
      call MPI_Comm_size(grid, ranks)
      allocate (part, source=tile%now(1:tile%width, 1:tile%height))
      if (rank > 0) then
         call MPI_Send(part, size(part), MPI_DOUBLE_PRECISION, 0, 4, grid)
         return
      end if
      allocate (whole(cells(1), cells(2)))
      do from = 0, ranks - 1
         place = place_of(grid, from, rows_columns, cells)
         if (from > 0) then
            deallocate (part)
            allocate (part(place(3), place(4)))
            call MPI_Recv(part, size(part), MPI_DOUBLE_PRECISION, from, 4, grid, MPI_STATUS_IGNORE)
         end if
         whole(place(1) + 1:place(1) + place(3), place(2) + 1:place(2) + place(4)) = part
      end do
   end subroutine

end module

module results
   use plates
   implicit none

   integer, parameter :: colours(3, 0:9) = reshape([ &
      9, 12, 39, 38, 20, 92, 86, 27, 126, 143, 43, 124, 194, 58, 106, &
      234, 88, 72, 253, 134, 38, 255, 184, 52, 251, 230, 121, 255, 253, 209], [3, 10])
   integer, parameter :: insulation(3) = [28, 33, 43]

contains

   ! Six significant digits, as 1.28866 or 0.00128866, in exponents beyond that.
   function six_digits(value) result(text)
      real(real64), intent(in) :: value
      character(:), allocatable :: text
      character(30) :: buffer, form
      integer :: power
      write (buffer, '(es12.5)') value                       ! rounds first: 9.999999 becomes 10.0000
      read (buffer(index(buffer, 'E') + 1:), *) power
      if (power >= -4 .and. power < 6) then
         write (form, '(a,i0,a)') '(f20.', 5 - power, ')'
         write (buffer, form) value
      end if
      text = trim(adjustl(buffer))
   end function

   subroutine write_residual(unit, steps, seconds, values)
      integer, intent(in) :: unit
      integer(int64), intent(in) :: steps
      real(real64), intent(in) :: seconds, values(4)
      character(30) :: words(4)
      write (words(1), '(es16.9)') values(1)
      words(1)(13:13) = 'e'                                  ! as the other languages write it
      write (words(2), '(f20.4)') values(2)
      write (words(3), '(f20.6)') values(3)
      write (words(4), '(f20.4)') values(4)
      words = adjustl(words)
      write (unit, '(i0,10a)') steps, ',', six_digits(seconds), ',', trim(words(1)), ',', trim(words(2)), ',', &
         trim(words(3)), ',', trim(words(4))
   end subroutine

   ! Colours span the temperatures of the start, since heat never leaves that range.
   subroutine write_picture(unit, start, celsius)
      integer, intent(in) :: unit
      type(plate_t), intent(in) :: start
      real(real64), intent(in) :: celsius(:, :)
      character(40) :: head
      character(3*size(celsius, 1)) :: row
      real(real64) :: low, span
      integer :: x, y, k, pixel(3)
      low = minval(start%celsius, start%kind /= insulates)
      span = maxval(start%celsius, start%kind /= insulates) - low
      if (.not. span > 0) span = 1
      write (head, '(a,i0,1x,i0,a)') 'P6'//new_line('a'), shape(celsius), new_line('a')//'255'//new_line('a')
      write (unit) trim(head)
      do y = 1, size(celsius, 2)
         do x = 1, size(celsius, 1)
            pixel = insulation
            if (start%kind(x, y) /= insulates) pixel = colour((celsius(x, y) - low)/span)
            do k = 1, 3
               row(3*x - 3 + k:3*x - 3 + k) = achar(pixel(k))
            end do
         end do
         write (unit) row
      end do
   end subroutine

   pure function colour(place) result(pixel)
      real(real64), intent(in) :: place
      integer :: pixel(3), below
      real(real64) :: at
      at = min(max(place, 0.0_real64), 1.0_real64)*9
      below = min(int(at), 8)
      pixel = int(colours(:, below) + (at - below)*(colours(:, below + 1) - colours(:, below)) + 0.5_real64)
   end function

   subroutine write_field(unit, start, celsius)
      integer, intent(in) :: unit
      type(plate_t), intent(in) :: start
      real(real64), intent(in) :: celsius(:, :)
      character(30), allocatable :: words(:)
      integer :: x, y
      allocate (words(size(celsius, 1)))
      do y = 1, size(celsius, 2)
         do x = 1, size(celsius, 1)
            write (words(x), '(es24.16)') celsius(x, y)
            words(x) = adjustl(words(x))
            if (start%kind(x, y) == held) words(x) = '='//trim(words(x))
            if (start%kind(x, y) == insulates) words(x) = 'x'
         end do
         write (unit, '(*(a,:,","))') (trim(words(x)), x=1, size(words))
      end do
   end subroutine

end module

program heat
   use mpi_f08
   use plates
   use tiles
   use results
   implicit none

   ! Aluminium, 24 cm along the longer side; the ratio of the scheme is four fifths of the largest stable one.
   real(real64), parameter :: diffusivity = 9.7e-5_real64   ! m²/s
   real(real64), parameter :: longer_side = 0.24_real64     ! m
   integer, parameter :: look_every = 100

   character(:), allocatable :: input, output, residual, field
   integer :: cells = 512, rank, ranks, rows_columns(2), place(4), shape_of_plate(2), picture, curve, numbers
   integer(int64) :: limit = 0, steps = 0
   real(real64) :: until = -1, values(4), step_seconds, began, seconds
   real(real64), allocatable :: celsius(:, :)
   type(plate_t) :: plate
   type(tile_t) :: tile
   type(MPI_Comm) :: grid

   call MPI_Init()
   call MPI_Comm_rank(MPI_COMM_WORLD, rank)
   call MPI_Comm_size(MPI_COMM_WORLD, ranks)
   call read_options()

   ! Rank 0 reads the plate, since the others may run where the file is not.
   shape_of_plate = 0
   if (rank == 0) then
      call read_plate(input, plate)
      if (size(plate%kind) > 0) then
         if (all([opened(output, 'unformatted', picture), opened(residual, 'formatted', curve), &
                  opened(field, 'formatted', numbers)])) shape_of_plate = shape(plate%kind)
      end if
   end if
   call MPI_Bcast(shape_of_plate, 2, MPI_INTEGER, 0, MPI_COMM_WORLD)
   if (shape_of_plate(1) == 0) call stop_all(2)
   if (rank > 0) allocate (plate%celsius(shape_of_plate(1), shape_of_plate(2)), &
                           plate%kind(shape_of_plate(1), shape_of_plate(2)))
   call MPI_Bcast(plate%celsius, size(plate%celsius), MPI_DOUBLE_PRECISION, 0, MPI_COMM_WORLD)
   call MPI_Bcast(plate%kind, size(plate%kind), MPI_INTEGER1, 0, MPI_COMM_WORLD)
   plate = resampled(plate, cells)
   shape_of_plate = shape(plate%kind)

   rows_columns = 0
   call MPI_Dims_create(ranks, 2, rows_columns)
   if (any(rows_columns > shape_of_plate(2:1:-1))) &
      call refuse('there are more ranks than the plate can be cut for; take fewer or a larger --size.')
   call MPI_Cart_create(MPI_COMM_WORLD, 2, rows_columns, [.false., .false.], .false., grid)
   place = place_of(grid, rank, rows_columns, shape_of_plate)
   call make_tile(tile, grid, place, plate)
   if (rank == 0) then
      print '(4(a,i0),a,i0,a)', 'heat: ', ranks, ' ranks (', rows_columns(2), ' × ', rows_columns(1), '), ', &
         shape_of_plate(1), ' × ', shape_of_plate(2), ' cells'
      write (curve, '(a)') 'step,time_s,residual_celsius,coldest,mean,warmest'
   end if

   step_seconds = longer_side/maxval(shape_of_plate)
   step_seconds = ratio*step_seconds*step_seconds/diffusivity
   began = MPI_Wtime()
   do while (steps < limit)
      call step(tile, grid)
      steps = steps + 1
      if (mod(steps, int(look_every, int64)) /= 0 .and. steps < limit) cycle
      values = look(tile, grid)
      if (rank == 0) call write_residual(curve, steps, steps*step_seconds, values)
      if (values(1) <= until) exit
   end do
   seconds = MPI_Wtime() - began

   call gather(tile, grid, rows_columns, shape_of_plate, celsius)
   if (rank == 0) then
      call write_picture(picture, plate, celsius)
      if (allocated(field)) call write_field(numbers, plate, celsius)
      close (picture)
      close (curve)
      print '(a,i0,a,f8.2,a,es9.2,4a)', 'heat: ', steps, ' steps in', seconds, ' s, residual', values(1), &
         ' °C a step; wrote ', output, ' and ', residual
   end if
   call MPI_Type_free(tile%row)
   call MPI_Type_free(tile%column)
   call MPI_Finalize()

contains

   subroutine read_options()
      character(:), allocatable :: option
      integer :: i
      output = 'heat.ppm'
      residual = 'residual.csv'
      i = 1
      do while (i <= command_argument_count())
         option = argument(i)
         i = i + 1
         select case (option)
         case ('--help', '-h')
            if (rank == 0) call usage()
            call stop_all(0)
         case ('--input', '--output', '--residual', '--field', '--size', '--steps', '--until')
            if (i > command_argument_count()) call refuse(option//' needs a value. --help lists the options.')
            call set(option, argument(i))
            i = i + 1
         case default
            call refuse("unknown argument '"//option//"'. --help lists the options.")
         end select
      end do
      if (.not. allocated(input)) call refuse('a plate is missing: give a CSV file with --input.')
      if (until > 0 .and. limit > 0) call refuse('--until does not go together with --steps.')
      if (limit == 0) limit = merge(1000000000000_int64, 3000_int64, until > 0)
   end subroutine

   subroutine set(option, value)
      character(*), intent(in) :: option, value
      logical :: good
      select case (option)
      case ('--input')
         input = value
      case ('--output')
         output = value
      case ('--residual')
         residual = value
      case ('--field')
         field = value
      case ('--size')
         cells = int(whole_number(option, value, 8_int64, 32768_int64))
      case ('--steps')
         limit = whole_number(option, value, 1_int64, 1000000000000_int64)
      case ('--until')
         call read_number(value, until, good)
         if (.not. good .or. until <= 0 .or. until > huge(until)) &
            call refuse("--until takes a change in °C above 0, such as 1e-4, not '"//value//"'.")
      end select
   end subroutine

   integer(int64) function whole_number(option, value, least, most) result(number)
      character(*), intent(in) :: option, value
      integer(int64), intent(in) :: least, most
      character(80) :: range
      integer :: status
      status = 1
      if (verify(value, '0123456789') == 0) read (value, '(i30)', iostat=status) number
      if (status == 0) then
         if (number >= least .and. number <= most) return
      end if
      write (range, '(a,i0,a,i0)') ' takes a whole number from ', least, ' to ', most
      call refuse(option//trim(range)//", not '"//value//"'.")
   end function

   function argument(i) result(text)
      integer, intent(in) :: i
      character(:), allocatable :: text
      integer :: length
      call get_command_argument(i, length=length)
      allocate (character(length) :: text)
      call get_command_argument(i, text)
   end function

   ! Opens an output; a file that is not asked for is good.
   logical function opened(name, form, unit)
      character(:), allocatable, intent(in) :: name
      character(*), intent(in) :: form
      integer, intent(out) :: unit
      integer :: status
      opened = .true.
      unit = -1
      if (.not. allocated(name)) return
      open (newunit=unit, file=name, form=form, status='replace', action='write', iostat=status, &
            access=merge('stream    ', 'sequential', form == 'unformatted'))
      opened = status == 0
      if (.not. opened) write (error_unit, '(3a)') 'heat: output ', name, ' cannot be written. Its folder must exist.'
   end function

   subroutine refuse(message)
      character(*), intent(in) :: message
      if (rank == 0) write (error_unit, '(2a)') 'heat: ', message
      call stop_all(2)
   end subroutine

   subroutine stop_all(code)
      integer, intent(in) :: code
      call MPI_Finalize()
      stop code, quiet=.true.
   end subroutine

   subroutine usage()
      print '(a)', &
         'Heat on a plate, computed by all ranks together.', &
         '', &
         '  --input FILE      plate as CSV: 20 conducts and starts at 20 °C, =95 is held at 95 °C, x insulates', &
         '  --size N          cells along the longer side (default 512)', &
         '  --steps N         time steps (default 3000)', &
         '  --until CHANGE    instead of --steps: until no cell changes by more than so many °C in a step', &
         '  --output FILE     picture of the result, one pixel a cell (default heat.ppm)', &
         '  --residual FILE   residual over time as CSV (default residual.csv)', &
         '  --field FILE      also the temperatures, as a CSV that --input reads', &
         '  --help            this text'
   end subroutine

end program
